import { type Envelope, encodeEnvelope, sha256Hex } from '#delivery/index.ts'
import type { Work } from '../frame.ts'

/** An envelope of one shell step; everything not under test is filled. */
export const anEnvelope = (envelope: Partial<Envelope> = {}): Envelope => ({
  format: 1,
  commandId: 'command-1',
  documentName: 'AWS-RunShellScript',
  documentVersion: '1',
  documentHash: sha256Hex(''),
  schemaVersion: '2.2',
  parametersHash: sha256Hex(''),
  principal: 'arn:aws:iam::123456789012:root',
  requestedAt: 0,
  deliverBy: 8_000_000_000_000,
  steps: [
    {
      index: 0,
      name: 'run',
      action: 'aws:runShellScript',
      timeoutSeconds: 3600,
      inputs: { runCommand: ['true'] },
    },
  ],
  ...envelope,
})

/** Work for one invocation as the controller would send it. */
export function aWork(invocationId: string, envelope: Partial<Envelope> = {}, work: Partial<Work> = {}): Work {
  const frozen = anEnvelope(envelope)
  return {
    invocationId,
    commandId: frozen.commandId,
    envelope: encodeEnvelope(frozen),
    deliverBy: frozen.deliverBy,
    expiresAt: frozen.deliverBy + 3_600_000,
    signatures: [],
    ...work,
  }
}
