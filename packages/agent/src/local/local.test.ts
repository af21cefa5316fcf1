import { once } from 'node:events'
import { mkdtempDisposable, readdir, stat, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CallFailed, type Calls } from '#link/index.ts'
import { askAgent, NoAgent, openLocal, socketPath } from './index.ts'

type Call = Calls['call']

/** A data folder with an agent's socket in it, if it is given what answers there. */
async function aFolder(call?: Call) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'muster-local-'))
  const local = call && (await openLocal({ data: folder.path, calls: { call } }))
  return {
    data: folder.path,
    async [Symbol.asyncDispose]() {
      await local?.[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function open(data: string): Promise<Socket> {
  const socket = connect(socketPath(data))
  await once(socket, 'connect')
  return socket
}

async function textOf(socket: Socket): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of socket as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

it('carries a call to the controller, and its answer or its refusal back', async () => {
  await using folder = await aFolder(async (operation, input) =>
    operation === 'Good' ? { ok: true, output: input } : { ok: false, code: 'ParameterNotFound', message: 'none' },
  )
  const input = { Name: 'größe', deep: [1, { a: null }] }
  expect(await askAgent(folder.data, { operation: 'Good', input })).toEqual({ ok: true, output: input })
  expect(await askAgent(folder.data, { operation: 'Bad', input })).toEqual({
    ok: false,
    code: 'ParameterNotFound',
    message: 'none',
  })
})

it('says so when the controller cannot be asked', async () => {
  await using folder = await aFolder(() => Promise.reject(new CallFailed('there is no link to the controller')))
  expect(await askAgent(folder.data, { operation: 'GetParameter', input: {} })).toEqual({
    ok: false,
    code: 'NoAnswer',
    message: 'GetParameter: there is no link to the controller.',
  })
})

it('is open to its owner alone, and in place of what a killed agent left', async () => {
  const folder = await mkdtempDisposable(join(tmpdir(), 'muster-local-'))
  await using _folder = folder
  await writeFile(socketPath(folder.path), '')
  await using _local = await openLocal({ data: folder.path, calls: { call: async () => ({ ok: true, output: {} }) } })
  const found = await stat(socketPath(folder.path))
  expect([found.isSocket(), found.mode & 0o777]).toEqual([true, 0o600])
})

it('is gone when the agent stops, also under callers that wait', async () => {
  const asked = Promise.withResolvers<void>()
  const call: Call = (_operation, _input, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new CallFailed('given up')))
      asked.resolve()
    })
  const folder = await aFolder(call)
  const waiting = askAgent(folder.data, { operation: 'GetParameter', input: {} })
  const refused = expect(waiting).rejects.toThrow('ended before it answered')
  await asked.promise
  await folder[Symbol.asyncDispose]()
  await refused
})

it('names the folder where no agent runs', async () => {
  await using folder = await aFolder()
  expect(await readdir(folder.data)).toEqual([])
  await expect(askAgent(folder.data, { operation: 'GetParameter', input: {} })).rejects.toThrow(
    new NoAgent(`no agent runs on ${folder.data}; is another folder meant (--data or MUSTER_AGENT_DATA)?`),
  )
})

it.each([
  'no JSON',
  '[]',
  '{"operation":1,"input":{}}',
  '{"operation":"GetParameter"}',
  `{"operation":"${'x'.repeat(200)}","input":{}}`,
])('answers what is no request with what one is: %.40s', async (line) => {
  await using folder = await aFolder(async () => ({ ok: true, output: {} }))
  const socket = await open(folder.data)
  socket.write(`${line}\n`)
  expect(JSON.parse(await textOf(socket))).toMatchObject({ ok: false, code: 'BadRequest' })
})

it('reads no more of a request than a frame could carry', async () => {
  await using folder = await aFolder(async () => ({ ok: true, output: {} }))
  const socket = await open(folder.data)
  socket.on('error', () => {})
  socket.write('x'.repeat(300_000))
  expect(JSON.parse(await textOf(socket))).toMatchObject({ ok: false, code: 'BadRequest' })
})

it('tells a caller that all places are taken, and serves the next when one is free', async () => {
  await using folder = await aFolder(async () => ({ ok: true, output: {} }))
  const held = await Promise.all(Array.from({ length: 32 }, () => open(folder.data)))
  const request = { operation: 'GetParameter', input: {} }
  expect(await askAgent(folder.data, request)).toMatchObject({ ok: false, code: 'AgentBusy' })
  const [first] = held
  first?.write(`${JSON.stringify(request)}\n`)
  if (first) await textOf(first)
  // The place is free when the server has seen the caller go.
  await expect.poll(() => askAgent(folder.data, request), { timeout: 30_000 }).toEqual({ ok: true, output: {} })
  for (const socket of held) socket.destroy()
})
