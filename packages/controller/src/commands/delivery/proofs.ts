import { createPublicKey, type KeyObject } from 'node:crypto'
import { type ProofOutput, type VerifiedRunRecord, verifyRunProof } from '@muster/protocol/delivery'
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

/** Keys are read once; a node's key is part of its identity and never changes. */
export function createProofs(publicKeyOf: (db: Reader, nodeKey: number) => Promise<Uint8Array | undefined>): Proofs {
  const keys = new Map<number, KeyObject>()
  const checked = new WeakMap<ResultFact, VerifiedRunRecord>()

  const findKey = async (db: Reader, nodeKey: number): Promise<KeyObject | undefined> => {
    const cached = keys.get(nodeKey)
    if (cached !== undefined) return cached
    const der = await publicKeyOf(db, nodeKey)
    if (der === undefined) return undefined
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    if (keys.size >= MAX_KEYS) keys.clear()
    keys.set(nodeKey, key)
    return key
  }

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
      const known = checked.get(result)
      if (known !== undefined) return known
      const publicKey = await findKey(db, record.nodeKey)
      if (publicKey === undefined) throw new RecordRefused('The node has no key.')
      return check(record, result, command, publicKey)
    },
    prepare(record, result, command) {
      const publicKey = keys.get(record.nodeKey)
      if (publicKey === undefined || checked.has(result)) return checked.get(result)
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
