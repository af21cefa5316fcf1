import { operation } from '#api/index.ts'
import { decodeToken, encodeToken } from '#kit/paging.ts'
import { findHead } from '../chain-store.ts'
import { readLine } from '../checkpoint.ts'
import { compareLine } from '../compare.ts'
import type { AuditDeps } from '../deps.ts'
import { type Place, type Problem, placeBefore, START, walkChain } from '../verify.ts'
import { toProblem } from '../wire.ts'

// Well below what a handler has; what is left comes with the token.
const TIME_MS = 10_000

/** Goes along the chain of audit rows from a place to its end, and holds checkpoints that sinks have kept against it. */
export const verifyAudit = (deps: Pick<AuditDeps, 'db' | 'sealer' | 'clock'>) =>
  operation('VerifyAudit', {
    kind: 'read',
    access: { action: 'audit:Verify', resources: () => ['*'] },

    async handle(db, { FromSequence, Checkpoints = [], NextToken }, { caller, refuse, signal }) {
      const { sealer, clock } = deps
      const scope = { principal: caller.id, query: { operation: 'VerifyAudit', FromSequence } }
      const continued = NextToken === undefined ? undefined : decodeToken(sealer, scope, NextToken)
      if (NextToken !== undefined && !isPosition(continued))
        throw refuse('InvalidNextToken', 'The token does not continue this check.')
      const strange = Checkpoints.findIndex((line) => readLine(line) === undefined)
      if (strange >= 0) throw refuse('InvalidParameters', `Checkpoints: line ${strange + 1} is no checkpoint.`)
      const head = await findHead(db)
      const end = head?.number ?? 0
      if (FromSequence !== undefined && FromSequence > Math.max(end, 1))
        throw refuse('InvalidParameters', `FromSequence is ${FromSequence}; the chain has ${end} rows.`)
      const known = head && {
        ...{ HeadSequence: end, StoreId: head.store_id },
        PublicKey: Buffer.from(head.public_key).toString('base64'),
      }
      const refuted = (problem: Problem, rows: number) => ({
        ...{ Valid: false, CheckedRows: rows, FirstProblem: toProblem(problem), ...known },
      })

      for (const line of Checkpoints) {
        const problem = await compareLine(db, line)
        if (problem) return refuted(problem, 0)
      }
      const first = FromSequence ?? 1
      const from = isPosition(continued) ? toPlace(continued) : await placeBefore(db, first)
      if (!from) return refuted({ number: first - 1, kind: 'Missing', sentence: `Row ${first - 1} is missing.` }, 0)
      const until = clock.monotonic() + TIME_MS
      const walk = await walkChain(deps, from, () => signal.aborted || clock.monotonic() >= until)
      if (walk.problem) return refuted(walk.problem, walk.checked)
      const token = walk.next && encodeToken(sealer, scope, toPosition(walk.next))
      return { Valid: true, CheckedRows: walk.checked, ...known, ...(token === undefined ? {} : { NextToken: token }) }
    },
  })

type Position = readonly [number: number, hash: string]

const isPosition = (value: unknown): value is Position => Array.isArray(value) && value.length === 2
const toPosition = ({ number, hash }: Place): Position => [number, Buffer.from(hash).toString('base64')]
const toPlace = ([number, hash]: Position): Place =>
  number === 0 ? START : { number, hash: new Uint8Array(Buffer.from(hash, 'base64')) }
