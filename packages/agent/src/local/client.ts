import { once } from 'node:events'
import { connect } from 'node:net'
import { type LocalAnswer, type LocalRequest, MAX_ANSWER_BYTES, readLine, socketPath } from './wire.ts'

/** There is no running agent to ask, or it may not be asked by this user. */
export class NoAgent extends Error {
  override readonly name = 'NoAgent'
}

const ANSWER_MS = 60_000

/** Asks the agent that runs on a data folder. */
export async function askAgent(data: string, request: LocalRequest): Promise<LocalAnswer> {
  const path = socketPath(data)
  const socket = connect(path)
  const slow = setTimeout(() => socket.destroy(), ANSWER_MS)
  try {
    await once(socket, 'connect')
    const line = readLine(socket, MAX_ANSWER_BYTES)
    socket.write(`${JSON.stringify(request)}\n`)
    const text = await line
    if (text === undefined) throw new NoAgent(`the agent on ${data} ended before it answered`)
    return JSON.parse(text) as LocalAnswer
  } catch (error) {
    if (error instanceof NoAgent) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM')
      throw new NoAgent(`${path} is for the owner of ${data} alone; run this as that user`)
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR')
      throw new NoAgent(`no agent runs on ${data}; is another folder meant (--data or MUSTER_AGENT_DATA)?`)
    throw error
  } finally {
    clearTimeout(slow)
    socket.destroy()
  }
}
