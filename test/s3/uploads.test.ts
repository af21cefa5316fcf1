import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { startAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { type Moto, startMoto } from '../rig/moto.ts'
import { ownPort } from '../rig/port.ts'
import { invocationEnd, sendScript } from '../rig/script.ts'
import { until } from '../rig/until.ts'

const PLACE = { OutputS3BucketName: 'output', OutputS3KeyPrefix: 'runs/nightly', OutputS3Region: 'us-east-1' }
const WAIT_MS = 150_000
const KEY = { MUSTER_S3_ACCESS_KEY_ID: 'AKIAS3', MUSTER_S3_SECRET_ACCESS_KEY: 's3-secret' }

const startWith = (endpoint: string): Promise<TestController> =>
  startController({ args: ['--s3-endpoint', endpoint], env: KEY })

/** Waits for the address of the standard output; both addresses. */
async function urlsOf({ call }: TestController, CommandId: string, InstanceId: string) {
  let urls = { stdout: '', stderr: '' }
  await until(
    'the output is in its bucket',
    async () => {
      const view = await call('GetCommandInvocation', { CommandId, InstanceId })
      urls = { stdout: view.StandardOutputUrl ?? '', stderr: view.StandardErrorUrl ?? '' }
      return urls.stdout !== ''
    },
    WAIT_MS,
  )
  return urls
}

const sha256 = (bytes: Uint8Array | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')

/** What `seq 1 9000000 | head -c BYTES` prints. */
function numbers(bytes: number): Buffer {
  const lines: string[] = []
  for (let number = 1, length = 0; length < bytes; number++) {
    const line = `${number}\n`
    lines.push(line)
    length += line.length
  }
  return Buffer.from(lines.join('')).subarray(0, bytes)
}

it('writes small output and output of several parts to S3, under the keys of the service', {
  timeout: 300_000,
}, async () => {
  await using moto = await startMoto()
  await moto.createBucket('output')
  await using controller = await startWith(moto.url)
  await using agent = await startAgent(controller)
  const { nodeId } = agent
  const send = (script: string): Promise<string> => sendScript(controller, [nodeId], [script], PLACE)

  const small = await send('echo out; echo err >&2')
  const urls = await urlsOf(controller, small, nodeId)
  const folder = `${moto.url}/output/runs/nightly/${small}/${nodeId}/awsrunShellScript/runShellScript`
  expect(urls.stdout).toBe(`${folder}/stdout`)
  expect(String(await moto.read(urls.stdout))).toBe('out\n')
  // Each stream is written for itself.
  await until('the errors are there too', async () => (await moto.read(`${folder}/stderr`)) !== undefined, WAIT_MS)
  expect(String(await moto.read(`${folder}/stderr`))).toBe('err\n')

  const bytes = 20_000_000
  const large = await send(`seq 1 9000000 | head -c ${bytes}`)
  const { stdout } = await urlsOf(controller, large, nodeId)
  const stored = await moto.read(stdout)
  expect(stored?.length).toBe(bytes)
  expect(sha256(stored)).toBe(sha256(numbers(bytes)))
})

it('writes output to a store that was away, once it is back', { timeout: 400_000 }, async () => {
  const port = await ownPort()
  await using controller = await startWith(`http://127.0.0.1:${port}`)
  await using agent = await startAgent(controller)
  const { nodeId } = agent
  const commandId = await sendScript(controller, [nodeId], ['echo out'], PLACE)
  expect(await invocationEnd(controller, commandId, nodeId)).toMatchObject({ Status: 'Success', StandardOutputUrl: '' })
  const explained = () =>
    controller.call('Explain', { Subject: { Type: 'Invocation', Id: commandId, InstanceId: nodeId } })
  await until('the failure is explained', async () => {
    const { Sentence } = await explained()
    return Sentence.includes('bucket output') && Sentence.includes(`127.0.0.1:${port} did not answer: ECONNREFUSED`)
  })
  await using moto: Moto = await startMoto(port)
  await moto.createBucket('output')
  const { stdout } = await urlsOf(controller, commandId, nodeId)
  expect(String(await moto.read(stdout))).toBe('out\n')
  expect((await explained()).Decisions.at(-1)).toMatchObject({ Code: 'OutputUploaded', Result: 'Passed' })
})

it('writes the whole of it when the controller is killed in the middle of an upload', {
  timeout: 400_000,
}, async () => {
  await using moto = await startMoto()
  await moto.createBucket('output')
  await using controller = await startWith(moto.url)
  await controller.stop('SIGTERM')
  await controller.start({ MUSTER_FAILPOINTS: 'upload-midway:kill' })
  await using agent = await startAgent(controller)
  const { nodeId } = agent
  const bytes = 18_000_000
  const commandId = await sendScript(controller, [nodeId], [`seq 1 9000000 | head -c ${bytes}`], PLACE)
  expect(await controller.program.exited).toBe(128 + 9)
  await controller.start()
  const { stdout } = await urlsOf(controller, commandId, nodeId)
  expect(sha256(await moto.read(stdout))).toBe(sha256(numbers(bytes)))
  expect(await invocationEnd(controller, commandId, nodeId)).toMatchObject({ Status: 'Success' })
})
