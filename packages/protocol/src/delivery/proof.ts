import { createPublicKey, KeyObject, verify } from 'node:crypto'
import { decodeEnvelope, type EnvelopeStep, envelopeHash } from './envelope.ts'
import { sha256Hex } from './hash.ts'
import { decodeRunRecord, type RunRecord } from './run-record.ts'

declare const verified: unique symbol

/** A run record whose signature, node, envelope and given outputs were checked; only `verifyRunProof` makes one. */
export type VerifiedRunRecord = RunRecord & { readonly [verified]: true }

export interface ProofOutput {
  readonly step: number
  readonly stream: 'stdout' | 'stderr'
  /** All bytes that were kept. */
  readonly bytes: Uint8Array
}

/** Everything a proof of run is checked against; no store is needed. */
export interface RunProof {
  /** The signed bytes. */
  readonly record: Uint8Array
  readonly signature: Uint8Array
  /** The node's Ed25519 key: SPKI in DER, or a key made of it before. */
  readonly publicKey: Uint8Array | KeyObject
  readonly nodeId: string
  readonly envelope: Uint8Array
  readonly outputs?: readonly ProofOutput[]
}

export type ProofResult =
  | { readonly ok: true; readonly record: VerifiedRunRecord }
  | { readonly ok: false; readonly reason: string }

/** Whether a key (SPKI in DER, or made of it) signed these bytes. */
export function isSignedBy(publicKey: Uint8Array | KeyObject, record: Uint8Array, signature: Uint8Array): boolean {
  const key = readKey(publicKey)
  return key !== undefined && verify(null, record, key, signature)
}

/** Checks that this node ran this envelope with this result and these outputs. */
export function verifyRunProof(proof: RunProof): ProofResult {
  const key = readKey(proof.publicKey)
  if (key === undefined) return refuse('the public key is not an Ed25519 key in SPKI form')
  // The signature is checked first: what a stranger sent is not parsed.
  if (!verify(null, proof.record, key, proof.signature))
    return refuse('the signature is not of these bytes by this key')
  const decoded = decodeRunRecord(proof.record)
  if (!decoded.ok) return decoded
  const record = decoded.value
  if (record.nodeId !== proof.nodeId) return refuse('the record is of another node')
  const problem = findEnvelopeProblem(record, proof.envelope) ?? findOutputProblem(record, proof.outputs ?? [])
  return problem === undefined ? { ok: true, record: record as VerifiedRunRecord } : refuse(problem)
}

function findEnvelopeProblem(record: RunRecord, bytes: Uint8Array): string | undefined {
  if (envelopeHash(bytes) !== record.envelopeHash) return 'the record is of another envelope'
  const decoded = decodeEnvelope(bytes)
  if (!decoded.ok) return decoded.reason
  if (decoded.value.commandId !== record.commandId) return 'the record is of another command'
  let last = -1
  for (const { index, name, action } of record.steps) {
    const step: EnvelopeStep | undefined = decoded.value.steps[index]
    if (index <= last || step?.name !== name || step.action !== action)
      return `step ${index} of the record is not a step of the envelope`
    last = index
  }
  return undefined
}

function findOutputProblem(record: RunRecord, outputs: readonly ProofOutput[]): string | undefined {
  for (const { step, stream, bytes } of outputs) {
    const found = record.steps.find(({ index }) => index === step)?.[stream]
    if (found === undefined) return `the record has no step ${step}`
    if (bytes.length !== found.kept || sha256Hex(bytes) !== found.sha256)
      return `${stream} of step ${step} is not what the node signed`
  }
  return undefined
}

function readKey(key: Uint8Array | KeyObject): KeyObject | undefined {
  try {
    const read =
      key instanceof KeyObject ? key : createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' })
    return read.type === 'public' && read.asymmetricKeyType === 'ed25519' ? read : undefined
  } catch {
    return undefined
  }
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}
