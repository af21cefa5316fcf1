import { once } from 'node:events'
import { mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type EnvelopeStep, secretVariable } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import type { Calls } from '#link/index.ts'
import { createHost, startRig } from '#runner/test-rig.ts'
import { pluginsFor } from './index.ts'
import { nested, runSteps } from './testing.ts'

const SECRET = `c4n'ary "$HOME" \\ of a secret`
const PINNED = { name: '/app/secret', version: 2 }

const call: Calls['call'] = async (_operation, input) =>
  'Name' in input && input.Name === '/app/secret:2'
    ? { ok: true, output: { Parameter: { Value: SECRET } } }
    : { ok: false, code: 'ParameterNotFound', message: '' }

/** Runs steps on a host with a run folder in memory; answers what came of them and the files that hold the secret. */
async function run(...steps: EnvelopeStep[]) {
  using host = createHost()
  using runFolder = mkdtempDisposableSync('/dev/shm/muster-run-')
  await using rig = await startRig(host, {
    execution: { runFolder: runFolder.path },
    deps: { plugins: pluginsFor('linux'), calls: { call } },
  })
  const results = await runSteps(rig, steps)
  const holding = readdirSync(host.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(SECRET))
  return { results, holding }
}

test('a script of a document inside a step gets a secret under its own name, and no other one', async () => {
  const script: EnvelopeStep = {
    ...{ index: 0, name: 'inner', action: 'aws:runShellScript', timeoutSeconds: 60 },
    inputs: { runCommand: ['printf %s "$SSM_Password" | cksum; env | grep -c MUSTER_SECRET', 'echo "$SSM_Password"'] },
    secrets: { SSM_Password: PINNED },
  }
  const { results, holding } = await run(nested('outer', [script]))
  expect(results).toMatchObject([{ status: 'Success' }])
  const { stdout = '' } = results[0] ?? {}
  expect(stdout).toMatch(new RegExp(`^inner output:\\n\\d+ ${Buffer.byteLength(SECRET)}\\n0\\n\\*{4}\\n`))
  expect(holding).toEqual([])
})

test('a download logs in with a secret that stands in its source', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, answer) => {
    asked.push(request.headers.authorization)
    answer.end('content')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  try {
    const { results, holding } = await run({
      ...{ index: 0, name: 'download', action: 'aws:downloadContent', timeoutSeconds: 60 },
      inputs: {
        sourceType: 'HTTP',
        sourceInfo: JSON.stringify({
          ...{ url: `http://127.0.0.1:${port}/file`, allowInsecureDownload: true, authMethod: 'Basic' },
          ...{ username: 'me', password: '{{ssm-secure:/app/secret:2}}' },
        }),
      },
      secrets: { [secretVariable(PINNED)]: PINNED },
    })
    expect(results).toMatchObject([{ status: 'Success' }])
    expect(asked).toContain(`Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`)
    expect(holding).toEqual([])
  } finally {
    server.close()
  }
})
