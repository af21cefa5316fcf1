import type { EvaluationResult, PolicySourceType } from '@muster/protocol/api'
import { compilePolicies, explainAccess, type NamedPolicy } from '@muster/protocol/iam'

/** A policy with what answers call it. */
export interface SimulatedPolicy extends NamedPolicy {
  readonly id: string
  readonly type: PolicySourceType
}

/** One question: what is known is given in full. */
export interface Question {
  readonly action: string
  readonly resource: string
  readonly conditions: ReadonlyMap<string, readonly string[]>
}

/** Answers questions about policies as they stand, in IAM's words and with a sentence. */
export function simulate(policies: readonly SimulatedPolicy[], questions: readonly Question[]): EvaluationResult[] {
  const compiled = compilePolicies(policies)
  const sources = new Map<NamedPolicy, SimulatedPolicy>(policies.map((policy) => [policy, policy]))
  return questions.map((question) => {
    const { sentence, matched, missing } = explainAccess(compiled, question)
    return {
      EvalActionName: question.action,
      EvalResourceName: question.resource,
      EvalDecision: compiled.evaluate(question).decision,
      MatchedStatements: matched.map(({ source, statement: { index, written } }) => ({
        SourcePolicyId: sources.get(source)?.id ?? source.name,
        SourcePolicyType: sources.get(source)?.type ?? 'none',
        StatementNumber: index + 1,
        ...(written.sid !== undefined && { Sid: written.sid }),
      })),
      MissingContextValues: [...missing],
      Sentence: sentence,
    }
  })
}
