import type { Socket } from 'node:net'
import { join } from 'node:path'

/** One operation of the controller, asked for as this node. */
export interface LocalRequest {
  readonly operation: string
  readonly input: object
}

/** What came of it: the operation's output, or a code with a text; the agent's own codes are `AgentBusy`, `NoAnswer` and `BadRequest`. */
export type LocalAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string }

export const MAX_REQUEST_BYTES = 256 * 1024
export const MAX_ANSWER_BYTES = 1024 * 1024

export const socketPath = (data: string): string => join(data, 'agent.sock')

/** The one line that the other end writes; undefined when it ends without one or writes too much. */
export function readLine(socket: Socket, most: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let bytes = 0
    const done = (line: string | undefined): void => {
      socket.removeListener('data', take)
      resolve(line)
    }
    const take = (part: Buffer): void => {
      const end = part.indexOf(0x0a)
      const piece = end < 0 ? part : part.subarray(0, end)
      bytes += piece.length
      parts.push(piece)
      if (bytes > most) done(undefined)
      else if (end >= 0) done(Buffer.concat(parts).toString('utf8'))
    }
    socket.on('data', take)
    socket.once('close', () => done(undefined))
    socket.once('end', () => done(undefined))
    socket.on('error', () => done(undefined))
  })
}
