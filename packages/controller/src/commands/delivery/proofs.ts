import { createPublicKey, type KeyObject } from 'node:crypto'
import { isSignedBy, type ProofOutput, type VerifiedRunRecord, verifyRunProof } from '@muster/protocol/delivery'
import type { FrozenCommand } from '#commands/store.ts'
import type { Reader } from '#db/index.ts'
import type { NodeRecord, ResultFact } from '#hub/link.ts'

/** A record that cannot be applied: the hub keeps it aside with this text. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused'
}

/** Checks results by their nodes' keys. */
export interface Proofs {
  /** The record that the node signed for this command, or RecordRefused. */
  verify(db: Reader, record: NodeRecord, result: ResultFact, command: FrozenCommand): Promise<VerifiedRunRecord>
  /** Checks now what can be checked without the store; what is refused is refused again by `verify`. */
  prepare(record: NodeRecord, result: ResultFact, command: FrozenCommand): VerifiedRunRecord | undefined
}

const MAX_KEYS = 20_000

/** A node's keys are read once, and again where none of those that are known has signed: it may have a new one. */
export function createProofs(publicKeysOf: (db: Reader, nodeKey: number) => Promise<readonly Uint8Array[]>): Proofs {
  const keys = new Map<number, readonly KeyObject[]>()
  const checked = new WeakMap<ResultFact, VerifiedRunRecord>()

  const readKeys = async (db: Reader, nodeKey: number): Promise<readonly KeyObject[]> => {
    const read = (await publicKeysOf(db, nodeKey)).map((der) =>
      createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }),
    )
    if (keys.size >= MAX_KEYS) keys.clear()
    keys.set(nodeKey, read)
    return read
  }
  // Nearly every node has one key: its signature is then checked once, as part of the proof.
  const choose = (some: readonly KeyObject[], { runRecord, signature }: ResultFact): KeyObject | undefined =>
    some.length === 1 ? some[0] : some.find((key) => isSignedBy(key, runRecord, signature))

  const check = (
    { nodeId }: NodeRecord,
    result: ResultFact,
    { envelope }: FrozenCommand,
    publicKey: KeyObject,
  ): VerifiedRunRecord => {
    const { runRecord, signature } = result
    const proof = verifyRunProof({
      ...{ record: runRecord, signature, publicKey, nodeId, envelope },
      outputs: result.heads.flatMap(wholeStreams),
    })
    if (!proof.ok) throw new RecordRefused(`The result was refused: ${proof.reason}.`)
    checked.set(result, proof.record)
    return proof.record
  }

  return {
    async verify(db, record, result, command) {
      const known = this.prepare(record, result, command)
      if (known !== undefined) return known
      const read = await readKeys(db, record.nodeKey)
      const publicKey = choose(read, result) ?? read[0]
      if (publicKey === undefined) throw new RecordRefused('The node has no key.')
      return check(record, result, command, publicKey)
    },
    prepare(record, result, command) {
      if (checked.has(result)) return checked.get(result)
      const publicKey = choose(keys.get(record.nodeKey) ?? [], result)
      if (publicKey === undefined) return undefined
      try {
        return check(record, result, command, publicKey)
      } catch (error) {
        if (!(error instanceof RecordRefused)) throw error
        return undefined
      }
    },
  }
}

function wholeStreams({ step, stdout, stderr }: ResultFact['heads'][number]): ProofOutput[] {
  return [
    ...(stdout.whole ? [{ step, stream: 'stdout' as const, bytes: stdout.whole }] : []),
    ...(stderr.whole ? [{ step, stream: 'stderr' as const, bytes: stderr.whole }] : []),
  ]
}
