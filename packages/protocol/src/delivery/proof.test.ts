import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Envelope, encodeEnvelope, envelopeHash } from './envelope.ts'
import { sha256Hex } from './hash.ts'
import { type RunProof, verifyRunProof } from './proof.ts'
import { decodeRunRecord, encodeRunRecord, type RunRecord, type StepRecord, signRunRecord } from './run-record.ts'

const keys = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')
const publicKey = new Uint8Array(keys.publicKey.export({ type: 'spki', format: 'der' }))
const zeros = '0'.repeat(64)

const envelope = encodeEnvelope({
  format: 1,
  commandId: 'c-1',
  documentName: 'D',
  documentVersion: '1',
  documentHash: zeros,
  schemaVersion: '2.2',
  parametersHash: zeros,
  principal: 'p',
  requestedAt: 1,
  deliverBy: 2,
  steps: ['one', 'two'].map((name, index) => ({
    index,
    name,
    action: 'aws:runShellScript',
    timeoutSeconds: 60,
    inputs: {},
  })),
} satisfies Envelope)

const stdout = new TextEncoder().encode('hello\n')
const streamOf = (bytes: Uint8Array, dropped = 0) => {
  return { total: bytes.length + dropped, kept: bytes.length, dropped, sha256: sha256Hex(bytes) }
}

const aStep = (members: Partial<StepRecord> = {}): StepRecord => ({
  index: 0,
  name: 'one',
  action: 'aws:runShellScript',
  status: 'Success',
  exitCode: 0,
  attempt: 1,
  startedAt: 10,
  endedAt: 20,
  bootId: 'boot-a',
  stdout: streamOf(stdout),
  stderr: streamOf(new Uint8Array(), 7),
  ...members,
})

const aRecord = (members: Partial<RunRecord> = {}): RunRecord => ({
  format: 1,
  nodeId: 'mi-0123456789abcdef0',
  commandId: 'c-1',
  envelopeHash: envelopeHash(envelope),
  attempt: 1,
  bootId: 'boot-a',
  status: 'Success',
  startedAt: 10,
  endedAt: 30,
  steps: [
    aStep(),
    aStep({
      index: 1,
      name: 'two',
      status: 'Skipped',
      reason: 'StepSkipped',
      reasonParameters: { step: 'two', cause: 'x' },
    }),
  ],
  ...members,
})

const aProof = (members: Partial<RunProof> = {}, value = aRecord()): RunProof => {
  const record = encodeRunRecord(value)
  const outputs = [{ step: 0, stream: 'stdout', bytes: stdout } as const]
  return {
    record,
    signature: signRunRecord(record, keys.privateKey),
    publicKey,
    nodeId: value.nodeId,
    envelope,
    outputs,
    ...members,
  }
}

const reasonOf = (proof: RunProof) => {
  const result = verifyRunProof(proof)
  return result.ok ? 'verified' : result.reason
}

// Swaps a text for another of the same length inside signed bytes.
const altered = (bytes: Uint8Array, from: string, to: string) => {
  const text = new TextDecoder().decode(bytes)
  expect(text).toContain(from)
  return new TextEncoder().encode(text.replace(from, to))
}

test('a true proof gives the record, with the key as DER or as an object', () => {
  expect(verifyRunProof(aProof())).toEqual({ ok: true, record: aRecord() })
  expect(reasonOf(aProof({ publicKey: createPublicKey(keys.privateKey) }))).toBe('verified')
})

const FORGED = 'the signature is not of these bytes by this key'

test.each([
  ['the exit code', '"exitCode":0', '"exitCode":1'],
  ['the boot id', '"bootId":"boot-a"', '"bootId":"boot-b"'],
  ['the node id', 'mi-0123456789abcdef0', 'mi-0123456789abcdef1'],
  ['the status', '"status":"Skipped"', '"status":"Success"'],
  ['the domain', 'muster-run-v1', 'muster-run-v2'],
])('fails for %s changed by one byte in the record', (_name, from, to) => {
  const proof = aProof()
  expect(reasonOf({ ...proof, record: altered(proof.record, from, to) })).toBe(FORGED)
})

test('fails for any one changed byte in record, signature, envelope or output', () => {
  const proof = aProof()
  const parts = ['record', 'signature', 'envelope', 'output'] as const
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.nat(10_000), fc.integer({ min: 1, max: 255 }), (part, seed, flip) => {
      const change = (bytes: Uint8Array) => bytes.with(seed % bytes.length, (bytes[seed % bytes.length] ?? 0) ^ flip)
      const changed =
        part === 'output'
          ? { ...proof, outputs: [{ step: 0, stream: 'stdout' as const, bytes: change(stdout) }] }
          : { ...proof, [part]: change(proof[part]) }
      expect(verifyRunProof(changed).ok).toBe(false)
    }),
    { numRuns: 400 },
  )
})

test('fails for a signature of another length', () => {
  expect(reasonOf(aProof({ signature: new Uint8Array() }))).toBe(FORGED)
  expect(reasonOf(aProof({ signature: new Uint8Array(65) }))).toBe(FORGED)
})

test('fails for another node, another key, another envelope, another command', () => {
  expect(reasonOf(aProof({ nodeId: 'mi-0123456789abcdef1' }))).toBe('the record is of another node')
  const record = encodeRunRecord(aRecord())
  expect(reasonOf(aProof({ signature: signRunRecord(record, stranger.privateKey) }))).toBe(FORGED)
  expect(reasonOf(aProof({ envelope: altered(envelope, '"name":"two"', '"name":"owt"') }))).toBe(
    'the record is of another envelope',
  )
  expect(reasonOf(aProof({}, aRecord({ commandId: 'c-2' })))).toBe('the record is of another command')
})

test('fails for an output that is longer, shorter or of a step that is not in the record', () => {
  const longer = new Uint8Array([...stdout, 0])
  expect(reasonOf(aProof({ outputs: [{ step: 0, stream: 'stdout', bytes: longer }] }))).toBe(
    'stdout of step 0 is not what the node signed',
  )
  expect(reasonOf(aProof({ outputs: [{ step: 0, stream: 'stderr', bytes: stdout }] }))).toBe(
    'stderr of step 0 is not what the node signed',
  )
  expect(reasonOf(aProof({ outputs: [{ step: 5, stream: 'stdout', bytes: stdout }] }))).toBe('the record has no step 5')
})

test.each([
  [
    'a step that the envelope does not have',
    [aStep({ index: 2 })],
    'step 2 of the record is not a step of the envelope',
  ],
  ['a step of another name', [aStep({ name: 'two' })], 'step 0 of the record is not a step of the envelope'],
  ['a step of another action', [aStep({ action: 'aws:x' })], 'step 0 of the record is not a step of the envelope'],
  ['a step told twice', [aStep(), aStep()], 'step 0 of the record is not a step of the envelope'],
])('fails for %s, even when signed', (_name, steps, reason) => {
  expect(reasonOf(aProof({ outputs: [] }, aRecord({ steps })))).toBe(reason)
})

test('fails for keys that are not Ed25519', () => {
  const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = new Uint8Array(rsa.publicKey.export({ type: 'spki', format: 'der' }))
  const reason = 'the public key is not an Ed25519 key in SPKI form'
  expect(reasonOf(aProof({ publicKey: der }))).toBe(reason)
  expect(reasonOf(aProof({ publicKey: new Uint8Array(44) }))).toBe(reason)
  expect(reasonOf(aProof({ publicKey: keys.privateKey }))).toBe(reason)
})

test('an envelope of another domain cannot pass for a record', () => {
  const signature = signRunRecord(envelope, keys.privateKey)
  expect(reasonOf(aProof({ record: envelope, signature }))).toBe('the bytes are not in the format muster-run-v1')
})

test('a record of a refused command has no steps and says why', () => {
  const refused = aRecord({
    status: 'Failed',
    steps: [],
    reason: 'PolicyRefused',
    reasonParameters: { rule: 'paused' },
  })
  expect(verifyRunProof(aProof({ outputs: [] }, refused))).toEqual({ ok: true, record: refused })
})

test('a record with a missing or wrong member is refused with the place', () => {
  const decode = (value: unknown) => decodeRunRecord(encodeRunRecord(value as RunRecord))
  expect(decode({ ...aRecord(), status: 'InProgress' })).toEqual({
    ok: false,
    reason: 'run record.status must be Success or Failed or TimedOut or Cancelled',
  })
  expect(decode({ ...aRecord(), steps: [aStep({ exitCode: 0.5 })] })).toEqual({
    ok: false,
    reason: 'run record.steps[0].exitCode must be a whole number',
  })
})

test('a record of a time that no date can show is refused', () => {
  for (const endedAt of [8.64e15 + 1, Number.MAX_SAFE_INTEGER]) {
    expect(decodeRunRecord(encodeRunRecord(aRecord({ endedAt })))).toMatchObject({ ok: false })
    expect(decodeRunRecord(encodeRunRecord(aRecord({ steps: [aStep({ endedAt })] })))).toMatchObject({ ok: false })
  }
})
