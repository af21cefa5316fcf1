import { type Answer, type Call, MAX_CALLS, MAX_FRAME_BYTES } from '@muster/protocol/link'
import type { CallPort } from './ports.ts'

/** An operation that the controller carried out, or refused with a code of the operation's model. */
export type CallAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** No answer came: there is no link, or it took too long. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
}

/** Calls operations of the controller as this node, over whichever link is up. */
export interface Calls extends CallPort {
  /**
   * Waits for a link if there is none, and asks again over the next one when a link is lost before the answer, so the
   * operation must bear being called twice. Rejects with CallFailed when the signal aborts or too many wait.
   */
  call(operation: string, input: object, signal: AbortSignal): Promise<CallAnswer>
}

interface Waiting {
  readonly operation: string
  readonly input: Uint8Array
  readonly settle: (answer: CallAnswer) => void
  readonly isGivenUp: () => boolean
}

const MAX_WAITING = 64
// The rest of a frame is the operation's name and a number.
const MAX_INPUT_BYTES = MAX_FRAME_BYTES - 1024

export function createCalls(): Calls {
  const queue = new Set<Waiting>()
  const underWay = new Map<number, Waiting>()
  let send: ((call: Call) => void) | undefined
  let lastId = 0

  /** Sends what there is room for; those that wait longest come first. */
  const sendNext = (): void => {
    for (const waiting of queue) {
      if (send === undefined || underWay.size >= MAX_CALLS) return
      queue.delete(waiting)
      lastId = lastId >= 0x7fff_ffff ? 1 : lastId + 1
      underWay.set(lastId, waiting)
      send({ id: lastId, operation: waiting.operation, input: waiting.input })
    }
  }

  return {
    connect(over) {
      send = over
      sendNext()
      return () => {
        if (send !== over) return
        send = undefined
        const lost = [...underWay.values()].filter(({ isGivenUp }) => !isGivenUp())
        underWay.clear()
        const rest = [...queue]
        queue.clear()
        for (const waiting of [...lost, ...rest]) queue.add(waiting)
      }
    },

    answered(answer) {
      const waiting = underWay.get(answer.id)
      if (!waiting) return
      underWay.delete(answer.id)
      waiting.settle(readAnswer(answer))
      sendNext()
    },

    call(operation, input, signal) {
      return new Promise((resolve, reject) => {
        const fail = (text: string) => reject(new CallFailed(text))
        if (signal.aborted) return fail('it was given up before it was asked')
        if (queue.size + underWay.size >= MAX_WAITING) return fail(`${MAX_WAITING} calls wait already`)
        const giveUp = (): void => {
          // One that was sent keeps its place on the link until the answer comes.
          queue.delete(waiting)
          fail(send === undefined ? 'there is no link to the controller' : 'the controller did not answer in time')
        }
        const bytes = Buffer.from(JSON.stringify(input))
        if (bytes.length > MAX_INPUT_BYTES) return fail(`its input of ${bytes.length} bytes is larger than a frame`)
        const waiting: Waiting = {
          operation,
          input: bytes,
          isGivenUp: () => signal.aborted,
          settle(answer) {
            signal.removeEventListener('abort', giveUp)
            resolve(answer)
          },
        }
        signal.addEventListener('abort', giveUp, { once: true })
        queue.add(waiting)
        sendNext()
      })
    },
  }
}

const SUCCESS = 200

function readAnswer({ status, body }: Answer): CallAnswer {
  const value = readJson(body)
  if (status === SUCCESS) return { ok: true, output: value }
  const { __type, message, Message } = { __type: undefined, message: undefined, Message: undefined, ...Object(value) }
  return { ok: false, code: String(__type ?? `Status${status}`), message: String(message ?? Message ?? '') }
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
  } catch {
    return undefined
  }
}
