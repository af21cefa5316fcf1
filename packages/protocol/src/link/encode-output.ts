import protobuf from 'protobufjs/minimal.js'
import { FrameTooLarge } from './codec.ts'
import type { Output } from './frame.ts'
import { muster } from './frames.generated.js'
import { streamForm } from './wire-form.ts'

/** What `encodeOutput` may need before the data. */
export const OUTPUT_HEAD_BYTES = 512

const FRAME_OUTPUT = (5 << 3) | 2
const OUTPUT_DATA = (6 << 3) | 2

/**
 * The message of one piece of output whose data lies in `room` from `OUTPUT_HEAD_BYTES` on. Nothing is copied: the
 * message is a view on the room, so that a sender needs one buffer for a stream of any length.
 */
export function encodeOutput(head: Omit<Output, 'data'>, room: Uint8Array, length: number): Uint8Array {
  const { invocationId, step, attempt, offset, end, dropped } = head
  const stream = streamForm(head.stream)
  const fields = muster.link.Output.encode({ invocationId, step, attempt, stream, offset, end, dropped }).finish()
  const data = protobuf.Writer.create().uint32(OUTPUT_DATA).uint32(length).finish()
  const body = fields.length + data.length + length
  const start = protobuf.Writer.create().uint32(FRAME_OUTPUT).uint32(body).finish()
  let at = OUTPUT_HEAD_BYTES - start.length - fields.length - data.length
  if (at < 0) throw new FrameTooLarge(`The head of a piece of output is above ${OUTPUT_HEAD_BYTES} bytes.`)
  const message = room.subarray(at, OUTPUT_HEAD_BYTES + length)
  for (const part of [start, fields, data]) {
    room.set(part, at)
    at += part.length
  }
  return message
}
