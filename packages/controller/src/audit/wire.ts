import type { AuditEvent, AuditProblem } from '@muster/protocol/api'
import type { TrailRow } from './store.ts'
import type { Problem } from './verify.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A row of the trail as the API shows it; `Sequence` and `Hash` come with its place in the chain. */
export const toEvent = (row: TrailRow): AuditEvent => ({
  ...{ EventId: row.seq, Time: row.at / 1000, PrincipalId: row.principal_id, PrincipalArn: row.principal_arn },
  ...{ SourceAddress: row.source, Operation: row.operation, Action: row.action },
  Resources: JSON.parse(row.resources) as string[],
  ...{ Decision: row.decision as AuditEvent['Decision'], Result: row.result, RequestId: row.request_id },
  ...(row.session !== '' && { Session: row.session }),
  ...(row.parameters_mac !== null && { ParametersMac: hex(row.parameters_mac) }),
  ...(row.why !== null && { Why: row.why }),
  ...(row.number !== null && { Sequence: row.number }),
  ...(row.hash !== null && { Hash: hex(row.hash) }),
})

/** What is wrong with the chain, as the API says it. */
export const toProblem = ({ number, kind, sentence }: Problem): AuditProblem => ({
  ...{ Sequence: number, Kind: kind, Sentence: sentence },
})
