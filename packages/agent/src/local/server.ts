import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { CallFailed, type Calls } from '#link/index.ts'
import { removeAll, setPrivate } from '#platform/index.ts'
import { type LocalAnswer, type LocalRequest, MAX_REQUEST_BYTES, readLine, socketPath } from './wire.ts'

/** The open door. */
export type Local = AsyncDisposable

interface LocalDeps {
  readonly data: string
  readonly calls: Pick<Calls, 'call'>
}

const MAX_CONNECTIONS = 32
const MAX_NAME_CHARS = 128
const REQUEST_MS = 10_000
const ANSWER_MS = 30_000

/** Opens the socket in the data folder. The instance lock is held, so one that lies there is of an agent that is gone. */
export async function openLocal({ data, calls }: LocalDeps): Promise<Local> {
  const path = socketPath(data)
  await removeAll(path)
  const all = new Set<Socket>()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    all.add(socket)
    socket.once('close', () => all.delete(socket))
    // Whoever holds all places must not keep the agent from saying so to the next.
    if (open.size >= MAX_CONNECTIONS)
      return answer(socket, failure('AgentBusy', `${MAX_CONNECTIONS} callers are served already.`))
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    void serve(socket, calls)
  })
  const listening = once(server, 'listening')
  server.listen(path)
  await listening
  await setPrivate(path)
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of all) socket.destroy()
      await closed
    },
  }
}

async function serve(socket: Socket, calls: Pick<Calls, 'call'>): Promise<void> {
  const slow = setTimeout(() => socket.destroy(), REQUEST_MS)
  const line = await readLine(socket, MAX_REQUEST_BYTES)
  clearTimeout(slow)
  const request = line === undefined ? undefined : readRequest(line)
  if (!request)
    return answer(socket, failure('BadRequest', 'One line of JSON is wanted: {"operation": …, "input": {…}}.'))
  const gone = new AbortController()
  socket.once('close', () => gone.abort())
  try {
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(ANSWER_MS)])
    answer(socket, await calls.call(request.operation, request.input, signal))
  } catch (error) {
    const problem = error instanceof CallFailed ? error.message : String(error)
    answer(socket, failure('NoAnswer', `${request.operation}: ${problem}.`))
  }
}

const failure = (code: string, message: string): LocalAnswer => ({ ok: false, code, message })

function answer(socket: Socket, value: LocalAnswer): void {
  // What else it may say is read and dropped, or it would never close.
  socket.resume()
  socket.end(`${JSON.stringify(value)}\n`)
}

function readRequest(line: string): LocalRequest | undefined {
  try {
    const { operation, input }: Record<string, unknown> = Object(JSON.parse(line))
    if (typeof operation !== 'string' || operation.length > MAX_NAME_CHARS) return undefined
    if (typeof input !== 'object' || input === null) return undefined
    return { operation, input }
  } catch {
    return undefined
  }
}
