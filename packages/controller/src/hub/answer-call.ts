import { type Call, encodeFrame, type Frame, FrameTooLarge, MAX_CALLS, MAX_FRAME_BYTES } from '@muster/protocol/link'

interface Answered {
  readonly status: number
  readonly body: Uint8Array
}

/** The answer of an operation as a frame; one that is larger than a frame becomes an error that says so. */
export function answerFrame({ id }: Call, { status, body }: Answered): Frame {
  const frame: Frame = { kind: 'answer', answer: { id, status, body } }
  try {
    encodeFrame(frame)
    return frame
  } catch (error) {
    if (!(error instanceof FrameTooLarge)) throw error
    const text = `The answer of ${body.length} bytes is larger than a frame of ${MAX_FRAME_BYTES}; ask for less.`
    return errorFrame(id, 413, 'RequestEntityTooLargeException', text)
  }
}

export const throttledFrame = ({ id }: Call): Frame =>
  errorFrame(id, 400, 'ThrottlingException', `A link has at most ${MAX_CALLS} calls under way.`)

export const failedFrame = ({ id }: Call): Frame =>
  errorFrame(id, 500, 'InternalServerError', 'The call failed inside the controller.')

const errorFrame = (id: number, status: number, code: string, message: string): Frame => ({
  kind: 'answer',
  answer: { id, status, body: Buffer.from(JSON.stringify({ __type: code, message })) },
})
