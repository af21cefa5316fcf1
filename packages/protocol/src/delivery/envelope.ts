import type { DocumentFormat, FrozenPrecondition, SchemaVersion, SecretReference } from '#documents/index.ts'
import type { PlainObject } from '#kit/index.ts'
import { type Decoded, type Domain, decodeIn, encodeIn } from './domain.ts'
import { sha256Hex } from './hash.ts'
import { count, exactly, hash, list, object, plainObject, type Read, record, text } from './shape.ts'

/** One step with everything put in that was known when the command was accepted. */
export interface EnvelopeStep {
  readonly index: number
  readonly name: string
  readonly action: string
  readonly timeoutSeconds: number
  readonly inputs: PlainObject
  /** Variables for the step's process (parameters of interpolation type ENV_VAR). */
  readonly env?: Readonly<Record<string, string>>
  /** Variables whose values the node fetches itself, when the step starts: they are not in here. */
  readonly secrets?: Readonly<Record<string, SecretReference>>
  readonly precondition?: FrozenPrecondition
  readonly document?: FrozenDocument
}

/** A document that a step names, as it was found when the command was accepted; `problem`: why it cannot be used. */
export type FrozenDocument =
  | (FrozenVersion & {
      readonly kind: 'steps'
      readonly schemaVersion: SchemaVersion
      readonly steps: readonly EnvelopeStep[]
    })
  | (FrozenVersion & { readonly kind: 'content'; readonly format: DocumentFormat | 'TEXT'; readonly content: string })
  | (FrozenVersion & { readonly kind: 'version' })
  | { readonly kind: 'problem'; readonly problem: string }

export interface FrozenVersion {
  readonly name: string
  readonly version: string
  readonly hash: string
}

/**
 * The work of one command, the same for every node that it goes to: frozen and hashed once, in the transaction
 * that accepts it. Times are milliseconds of the controller's clock.
 */
export interface Envelope {
  readonly format: 1
  readonly commandId: string
  readonly documentName: string
  readonly documentVersion: string
  readonly documentHash: string
  readonly schemaVersion: SchemaVersion
  readonly parametersHash: string
  /** ARN of who asked for it. */
  readonly principal: string
  readonly requestedAt: number
  /** Not started by then, it never starts. */
  readonly deliverBy: number
  readonly steps: readonly EnvelopeStep[]
}

const operand: Read<{ readonly platform: true } | { readonly text: string }> = (value, place) => {
  const isPlatform = typeof value === 'object' && value !== null && 'platform' in value
  return isPlatform ? object({ platform: exactly(true) })(value, place) : object({ text })(value, place)
}

const schemaVersion = exactly('1.2', '2.0', '2.2')
const version = { name: text, version: text, hash }

const document: Read<FrozenDocument> = (value, place) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  if (kind === 'problem') return object({ kind: exactly('problem'), problem: text })(value, place)
  if (kind === 'steps')
    return object({ kind: exactly('steps'), ...version, schemaVersion, steps: list(step) })(value, place)
  if (kind === 'version') return object({ kind: exactly('version'), ...version })(value, place)
  return object({ kind: exactly('content'), ...version, format: exactly('JSON', 'YAML', 'TEXT'), content: text })(
    value,
    place,
  )
}

const step: Read<EnvelopeStep> = object(
  { index: count, name: text, action: text, timeoutSeconds: count, inputs: plainObject },
  {
    env: record(text),
    secrets: record(object({ name: text, version: count })),
    document,
    precondition: object({
      comparisons: list(object({ left: operand, right: operand, written: text })),
      problems: list(text),
    }),
  },
)

const domain: Domain<Envelope> = {
  label: 'muster-envelope-v1',
  noun: 'envelope',
  read: object({
    format: exactly(1),
    commandId: text,
    documentName: text,
    documentVersion: text,
    documentHash: hash,
    schemaVersion,
    parametersHash: hash,
    principal: text,
    requestedAt: count,
    deliverBy: count,
    steps: list(step),
  }),
}

/** The bytes that travel, are hashed and may be signed. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return encodeIn(domain, envelope)
}

/** Reads an envelope; bytes that `encodeEnvelope` would not write are refused with the place named. */
export function decodeEnvelope(bytes: Uint8Array): Decoded<Envelope> {
  const decoded = decodeIn(domain, bytes)
  if (!decoded.ok) return decoded
  const { steps } = decoded.value
  if (steps.length === 0) return { ok: false, reason: 'envelope.steps is empty' }
  const stray = steps.findIndex(({ index }, position) => index !== position)
  return stray < 0 ? decoded : { ok: false, reason: `envelope.steps[${stray}].index must be ${stray}` }
}

/** SHA-256 over the bytes of an envelope: what records and receipts name it by. */
export function envelopeHash(bytes: Uint8Array): string {
  return sha256Hex(bytes)
}

/** When a node that started and fell silent is given up: the deadline to start plus every step's time. */
export function envelopeExpiresAt({ deliverBy, steps }: Pick<Envelope, 'deliverBy' | 'steps'>): number {
  return deliverBy + steps.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds * 1000, 0)
}
