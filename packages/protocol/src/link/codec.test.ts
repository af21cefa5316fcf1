import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, FrameTooLarge } from './codec.ts'
import type { Frame, FrameKind } from './frame.ts'
import { muster } from './frames.generated.js'
import { MAX_FRAME_BYTES } from './limits.ts'
import { LINK_VERSION } from './version.ts'

const text = (max = 64) => fc.string({ unit: 'grapheme', maxLength: max }).map((value) => value.replaceAll('\0', ''))
const id = fc.stringMatching(/^[a-z0-9:-]{1,64}$/)
const whole = fc.maxSafeNat()
const small = fc.nat(0xffff_ffff)
const time = fc.integer({ min: -8.64e15, max: 8.64e15 })
const bytes = fc.uint8Array({ maxLength: 200 })
const stream = fc.constantFrom('stdout' as const, 'stderr' as const)
const head = fc.oneof(fc.record({ text: text() }), fc.record({ text: text(), whole: bytes }))
const host = fc.record({
  computerName: text(),
  ipAddress: text(),
  platformType: text(),
  platformName: text(),
  platformVersion: text(),
  architecture: text(),
})
const fact = fc.oneof(
  fc.record({
    kind: fc.constant('started' as const),
    started: fc.record({ step: small, attempt: small, at: time, bootId: text() }),
  }),
  fc.record({
    kind: fc.constant('result' as const),
    result: fc.record({
      runRecord: bytes,
      signature: bytes,
      heads: fc.array(fc.record({ step: small, stdout: head, stderr: head }), { maxLength: 4 }),
    }),
  }),
)

const bodies: Record<FrameKind, fc.Arbitrary<unknown>> = {
  hello: fc.record({
    linkVersion: small,
    agentVersion: text(),
    actions: fc.array(id, { maxLength: 5 }),
    host,
    bootId: text(),
    journalId: id,
    lastRecord: whole,
    holding: fc.array(id, { maxLength: 5 }),
    policyMode: text(),
    processId: text(),
  }),
  heartbeat: fc.record({ sequence: whole, running: small, degraded: fc.boolean(), degradedReason: text() }),
  workReceipt: fc.record({ invocationId: id, known: fc.boolean() }),
  record: fc.record({ journalId: id, number: whole.map((n) => Math.max(1, n)), invocationId: id, fact }),
  output: fc.record({
    invocationId: id,
    step: small,
    attempt: small,
    stream,
    offset: whole,
    data: bytes,
    end: fc.boolean(),
    dropped: whole,
  }),
  call: fc.record({ id: small, operation: id, input: bytes }),
  welcome: fc.record({
    linkVersion: small,
    controllerTime: time,
    heartbeatMs: small,
    epoch: whole,
    receivedRecord: whole,
    accountId: text(),
    region: text(),
    controllerId: text(),
    generation: whole,
    quarantined: fc.boolean(),
    dropUnstarted: fc.boolean(),
  }),
  heartbeatAnswer: fc.record({ sequence: whole, controllerTime: time, heartbeatMs: small }),
  work: fc.record({
    invocationId: id,
    commandId: id,
    envelope: bytes,
    deliverBy: time,
    expiresAt: time,
    signatures: fc.array(fc.record({ keyId: id, value: bytes }), { maxLength: 3 }),
  }),
  cancel: fc.record({ invocationId: id }),
  recordReceipt: fc.record({ journalId: id, number: whole }),
  outputReceipt: fc.record({
    invocationId: id,
    step: small,
    attempt: small,
    stream,
    received: whole,
    sealed: whole,
    ended: fc.boolean(),
  }),
  answer: fc.record({ id: small, status: small, body: bytes }),
  goodbye: fc.record({ reason: text(), retryAfterMs: small }),
  probe: fc.record({ nonce: whole }),
  probeAnswer: fc.record({ nonce: whole }),
  generationKept: fc.record({ generation: whole }),
  rotateKey: fc.constant({}),
  newKey: fc.record({ publicKey: bytes, signature: bytes, ownSignature: bytes }),
  keyKept: fc.record({ publicKey: bytes }),
}
const kinds = Object.keys(bodies) as FrameKind[]
const anyFrame = fc.oneof(
  ...kinds.map((kind) => bodies[kind].map((body) => ({ kind, [kind]: body }) as unknown as Frame)),
)
/** Buffers and arrays alike, so that equality looks at the bytes only. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, entry) =>
      entry instanceof Uint8Array || entry?.type === 'Buffer'
        ? { $bytes: Buffer.from(entry.data ?? entry).toString('base64') }
        : Object.is(entry, -0)
          ? 0
          : entry,
    ),
  )
const decoded = (input: Uint8Array): Frame => {
  const found = decodeFrame(input)
  if (!found.ok) throw new Error(found.problem)
  return found.frame
}
const problem = (input: Uint8Array): string | undefined => {
  const found = decodeFrame(input)
  return found.ok ? undefined : found.problem
}
const encodeRaw = (frame: muster.link.Frame.$Properties): Uint8Array => muster.link.Frame.encode(frame).finish()

describe('a frame', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(plain(decoded(encodeFrame(frame)))).toEqual(plain(frame))
      }),
      { numRuns: 500 },
    )
  })

  it('is never taken from bytes without a check, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        expect(typeof decodeFrame(input).ok).toBe('boolean')
      }),
      { numRuns: 5_000 },
    )
  })

  it('survives any change of any byte of a real one: a checked frame or a problem, never an exception', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), fc.nat(255), fc.nat(), (frame, at, value, cut) => {
        const message = Uint8Array.from(encodeFrame(frame))
        message[at % message.length] = value
        for (const input of [message, message.subarray(0, cut % message.length)]) {
          const found = decodeFrame(input)
          if (found.ok) expect(kinds).toContain(found.frame.kind)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('is refused by its size before anything is read', () => {
    expect(problem(new Uint8Array(MAX_FRAME_BYTES + 1))).toBe('frame of 262145 bytes is above 262144')
    const body = new Uint8Array(MAX_FRAME_BYTES)
    expect(() => encodeFrame({ kind: 'answer', answer: { id: 1, status: 200, body } })).toThrow(FrameTooLarge)
  })

  it('has exactly one body', () => {
    const one = encodeRaw({ cancel: { invocationId: 'a' } })
    expect(problem(one)).toBeUndefined()
    expect(problem(Buffer.concat([one, one]))).toBe('frame is not exactly one body')
    expect(problem(Buffer.concat([one, encodeRaw({ goodbye: {} })]))).toBe('frame is not exactly one body')
    expect(problem(new Uint8Array(0))).toBe('frame is not readable')
  })

  it('of a kind that this version does not know is told apart from a malformed one', () => {
    const newer = Buffer.from([0xfa, 0x06, 0x01, 0x00])
    expect(decodeFrame(newer)).toMatchObject({
      ok: false,
      kind: 'unknown',
      problem: 'frame kind 111 is not known here',
    })
    expect(decodeFrame(Buffer.from([0x0a, 0x05]))).toMatchObject({ ok: false, kind: 'malformed' })
  })

  it('names the field that breaks a bound', () => {
    const hello = { host: {}, journalId: 'j' }
    const record = { journalId: 'j', number: 1, invocationId: 'i' }
    const started = { step: 0, attempt: 1, at: 0, bootId: '' }
    expect(problem(encodeRaw({ hello: { journalId: 'j' } }))).toBe('hello.host is missing')
    expect(problem(encodeRaw({ hello: { host: {} } }))).toBe('hello.journal_id is missing')
    expect(problem(encodeRaw({ hello: { ...hello, actions: Array.from({ length: 201 }, () => 'a') } }))).toBe(
      'hello.actions has more than 200 entries',
    )
    expect(problem(encodeRaw({ hello: { ...hello, holding: Array.from({ length: 10_001 }, () => 'a') } }))).toBe(
      'hello.holding has more than 10000 entries',
    )
    expect(problem(encodeRaw({ hello: { ...hello, holding: ['a', 'b'.repeat(129)] } }))).toBe(
      'hello.holding[1] is longer than 128 characters',
    )
    expect(problem(encodeRaw({ hello: { ...hello, lastRecord: Number.NaN } }))).toBe(
      'hello.last_record is not a whole number from 0 up',
    )
    expect(problem(encodeRaw({ record: { ...record, number: 0, started } }))).toBe('record.number is missing')
    expect(problem(encodeRaw({ record: { ...record, number: 1.5, started } }))).toBe(
      'record.number is not a whole number from 0 up',
    )
    expect(problem(encodeRaw({ record }))).toBe('record.fact is missing')
    expect(problem(encodeRaw({ record: { ...record, started: { ...started, at: Number.POSITIVE_INFINITY } } }))).toBe(
      'started.at is not a time',
    )
    expect(problem(encodeRaw({ output: { invocationId: 'i', offset: -1 } }))).toBe(
      'output.offset is not a whole number from 0 up',
    )
    expect(problem(encodeRaw({ output: { invocationId: 'i', stream: 9 as muster.link.Stream } }))).toBe(
      'output.stream is no known stream',
    )
    expect(problem(encodeRaw({ workReceipt: {} }))).toBe('work_receipt.invocation_id is missing')
  })

  it('carries no NUL and no broken text from a host', () => {
    const wire = encodeRaw({ goodbye: { reason: 'a\0b' } })
    expect(decoded(wire)).toEqual({ kind: 'goodbye', goodbye: { reason: 'a\ufffdb', retryAfterMs: 0 } })
    const broken = Buffer.from(encodeRaw({ goodbye: { reason: 'aaa' } }))
    broken[broken.indexOf('aaa')] = 0xff
    expect(decodeFrame(broken)).toMatchObject({ ok: false, kind: 'malformed' })
  })
})

describe('golden frames', () => {
  const folder = join(import.meta.dirname, '../../../../test/fixtures/link')
  const versions = readdirSync(folder)

  it('are there for every kind of frame of this version', () => {
    expect(readdirSync(join(folder, `v${LINK_VERSION}`)).filter((name) => name.endsWith('.bin'))).toHaveLength(
      kinds.length + 1,
    )
  })

  for (const version of versions)
    for (const file of readdirSync(join(folder, version)).filter((name) => name.endsWith('.bin')))
      it(`of ${version} decode for ever: ${file}`, () => {
        const expected = readFileSync(join(folder, version, file.replace('.bin', '.json')), 'utf8')
        expect(plain(decoded(readFileSync(join(folder, version, file))))).toEqual(JSON.parse(expected))
      })
})
