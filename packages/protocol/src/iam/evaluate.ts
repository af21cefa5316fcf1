import { applies, type CompiledStatement, compileStatements, partsOf } from './compile.ts'
import type { NamedPolicy } from './policy.ts'
import type { AccessRequest } from './request.ts'

/** A statement of a policy among several. */
export interface PlacedStatement {
  readonly policy: string
  readonly statement: CompiledStatement
  /** The policy itself, as it was given. */
  readonly source: NamedPolicy
}

/** Which statement decided. */
export interface Verdict {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  readonly by?: {
    /** Name of the policy. */
    readonly policy: string
    /** Which of its statements, from 0. */
    readonly statement: number
    readonly sid?: string
  }
}

/** Policies that decide together, compiled once. */
export interface Policies {
  /** An explicit Deny wins over every Allow, in any order; what nothing allows is denied. */
  evaluate(request: AccessRequest): Verdict
  /** Whether any statement names a condition key that begins so, in lower case. */
  mentions(prefix: string): boolean
  /** Statements about an action: Denies first, then Allows. */
  about(action: string): readonly PlacedStatement[]
  readonly statements: readonly PlacedStatement[]
}

const MAX_ACTIONS = 1000
const IMPLICIT: Verdict = Object.freeze({ decision: 'implicitDeny' })

/** Compiles the policies of one principal; statements about an action are found once an action. */
export function compilePolicies(policies: readonly NamedPolicy[]): Policies {
  const statements = policies.flatMap((source) =>
    compileStatements(source.policy).map((statement): PlacedStatement => ({ policy: source.name, statement, source })),
  )
  const ordered = [...statements.filter(isDeny), ...statements.filter((placed) => !isDeny(placed))]
  const keys = new Set(statements.flatMap(({ statement }) => statement.keys))
  const verdicts = new Map(statements.map((placed) => [placed, verdictOf(placed)]))
  const byAction = new Map<string, readonly PlacedStatement[]>()

  function about(action: string): readonly PlacedStatement[] {
    const known = byAction.get(action)
    if (known) return known
    const lower = action.toLowerCase()
    const found = ordered.filter(({ statement }) => statement.hasAction(lower))
    // Actions are few unless somebody makes them up.
    if (byAction.size >= MAX_ACTIONS) byAction.clear()
    byAction.set(action, found)
    return found
  }

  return {
    about,
    statements,
    evaluate(request) {
      const parts = partsOf(request.resource)
      for (const placed of about(request.action))
        if (applies(placed.statement, request, parts)) return verdicts.get(placed) ?? IMPLICIT
      return IMPLICIT
    },
    mentions: (prefix) => keys.values().some((key) => key.startsWith(prefix)),
  }
}

const isDeny = ({ statement }: PlacedStatement): boolean => statement.written.effect === 'Deny'

function verdictOf({ policy, statement }: PlacedStatement): Verdict {
  const { sid } = statement.written
  const by = { policy, statement: statement.index, ...(sid !== undefined && { sid }) }
  return Object.freeze({ decision: statement.written.effect === 'Deny' ? 'explicitDeny' : 'allowed', by })
}
