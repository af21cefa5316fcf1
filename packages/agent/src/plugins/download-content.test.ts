import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHost } from '#runner/test-rig.ts'
import { frozen, runSteps, shell, startPlugins } from './testing.ts'

test('what a step downloads is where the next steps begin, and gone with the command', async () => {
  const document = JSON.stringify({ schemaVersion: '2.2', mainSteps: [shell('inside', 'cat data')] })
  const server = createServer((request, response) => response.end(request.url === '/d.json' ? document : 'content'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get = (name: string, path: string, more: object = {}) => ({
    ...{ action: 'aws:downloadContent', name },
    inputs: { sourceType: 'HTTP', sourceInfo: { url: `${url}${path}`, allowInsecureDownload: true }, ...more },
  })
  using host = createHost()
  await using rig = await startPlugins(host)
  const inputs = { documentType: 'LocalPath', documentPath: 'd.json' }
  const steps = frozen([
    get('first', '/data'),
    get('second', '/other', { destinationPath: 'sub/' }),
    shell('here', 'cat data sub/other'),
    shell('below', 'cat other', { workingDirectory: 'sub' }),
    get('document', '/d.json'),
    { action: 'aws:runDocument', name: 'run', inputs },
  ])
  const ended = await runSteps(rig, steps)
  server.close()
  expect(
    ended.map(({ status, stdout }) => [status, stdout]).filter((_, index) => index !== 0 && index !== 1 && index !== 4),
  ).toEqual([
    ['Success', 'contentcontent'],
    ['Success', 'content'],
    ['Success', 'inside output:\ncontent\n'],
  ])
  expect(existsSync(join(host.folder, 'downloads', 'one'))).toBe(false)
})
