import { isSignedBy } from '@muster/protocol/delivery'
import { operation } from '#api/operation.ts'
import { splitLate } from '../late-record.ts'
import { findProof } from '../list-store.ts'
import type { CommandParts } from '../parts.ts'
import { findCommandKeys } from '../store.ts'

/** The record that a node signed, with all that is needed to check it without this controller. */
export const getRunProof = ({ db: store, fleet, frozen }: CommandParts) =>
  operation('GetRunProof', {
    kind: 'read',
    access: { action: 'ssm:GetCommandInvocation', resources: () => ['*'] },

    async handle(db, { CommandId, InstanceId }, { refuse }) {
      const commandKey = (await findCommandKeys(db, store.dialect, [CommandId])).get(CommandId)
      if (commandKey === undefined) throw refuse('InvalidCommandId')
      const nodeKey = await fleet.findKey(db, InstanceId)
      const row = nodeKey === undefined ? undefined : await findProof(db, commandKey, nodeKey)
      const proof = row && signedOf(row)
      const command = await frozen.find(db, commandKey)
      const publicKeys = nodeKey === undefined ? [] : await fleet.publicKeysOf(db, nodeKey)
      // The node may have had another key since.
      const publicKey = proof && publicKeys.find((key) => isSignedBy(key, proof.record, proof.signature))
      // Nothing was signed: the invocation does not exist, or its node has not reported.
      if (proof === undefined || command === undefined || publicKey === undefined)
        throw refuse('InvocationDoesNotExist')
      return {
        Record: base64(proof.record),
        Signature: base64(proof.signature),
        PublicKey: base64(publicKey),
        NodeId: InstanceId,
        Envelope: base64(command.envelope),
      }
    },
  })

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A result that came too late to decide the status is a proof all the same. */
function signedOf(row: {
  readonly record: Uint8Array | null
  readonly signature: Uint8Array | null
  readonly late_record: Uint8Array | null
}): { readonly record: Uint8Array; readonly signature: Uint8Array } | undefined {
  if (row.record !== null && row.signature !== null) return { record: row.record, signature: row.signature }
  return splitLate(row)
}
