import protobuf from 'protobufjs/minimal.js'
import { BadFrame } from './checks.ts'
import type { Frame, FrameKind } from './frame.ts'
import { muster } from './frames.generated.js'
import { MAX_FRAME_BYTES } from './limits.ts'
import { readBody } from './read-body.ts'
import { toWireForm } from './wire-form.ts'

/** A frame that would not fit into one message: a bound of the sender is wrong. */
export class FrameTooLarge extends Error {
  override readonly name = 'FrameTooLarge'
}

/**
 * Why bytes are no frame. `unknown` comes from a newer peer and is skipped; `malformed` ends the link.
 */
export type Decoded =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly kind: 'unknown' | 'malformed'; readonly problem: string }

const LENGTH_DELIMITED = 2

const KINDS: ReadonlyMap<number, FrameKind> = new Map([
  [1, 'hello'],
  [2, 'heartbeat'],
  [3, 'workReceipt'],
  [4, 'record'],
  [5, 'output'],
  [6, 'call'],
  [7, 'probeAnswer'],
  [8, 'generationKept'],
  [9, 'newKey'],
  [16, 'welcome'],
  [17, 'heartbeatAnswer'],
  [18, 'work'],
  [19, 'cancel'],
  [20, 'recordReceipt'],
  [21, 'outputReceipt'],
  [22, 'answer'],
  [23, 'goodbye'],
  [24, 'probe'],
  [25, 'rotateKey'],
  [26, 'keyKept'],
])

/** The message for one frame; throws `FrameTooLarge` above 256 KiB. */
export function encodeFrame(frame: Frame): Uint8Array {
  const bytes = muster.link.Frame.encode(toWireForm(frame)).finish()
  if (bytes.length > MAX_FRAME_BYTES)
    throw new FrameTooLarge(`A ${frame.kind} frame of ${bytes.length} bytes is above ${MAX_FRAME_BYTES}.`)
  return bytes
}

/** Reads one message. Never throws; byte fields are views on the input, so copy what outlives it. */
export function decodeFrame(input: Uint8Array): Decoded {
  if (input.length > MAX_FRAME_BYTES) return malformed(`frame of ${input.length} bytes is above ${MAX_FRAME_BYTES}`)
  try {
    const reader = protobuf.Reader.create(input)
    const tag = reader.uint32()
    const length = (tag & 7) === LENGTH_DELIMITED ? reader.uint32() : -1
    // The one body is the whole message: two bodies, of which protobuf would take the last, do not pass.
    if (length !== input.length - reader.pos) return malformed('frame is not exactly one body')
    const kind = KINDS.get(tag >>> 3)
    if (!kind) return { ok: false, kind: 'unknown', problem: `frame kind ${tag >>> 3} is not known here` }
    return { ok: true, frame: readBody(kind, reader) }
  } catch (error) {
    return malformed(error instanceof BadFrame ? error.message : 'frame is not readable')
  }
}

const malformed = (problem: string): Decoded => ({ ok: false, kind: 'malformed', problem })
