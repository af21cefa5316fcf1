import type { History, Send, Violation } from './history.ts'

/** I1: what was accepted is there, whole and once; what nobody sent is not. */
export function checkAcceptance(history: History): Violation[] {
  const byKey = Map.groupBy(history.commands, ({ key }) => key)
  const nodesOf = Map.groupBy(history.invocations, ({ commandId }) => commandId)
  const keys = new Set(history.sends.map(({ key }) => key))
  const known = new Set(history.commands.map(({ commandId }) => commandId))
  const violations: Violation[] = []
  const breach = (text: string, commandId?: string): void =>
    void violations.push({ invariant: 'I1', text, ...(commandId === undefined ? {} : { commandId }) })

  for (const send of history.sends) {
    const there = (byKey.get(send.key) ?? []).map(({ commandId }) => commandId)
    const accepted = acceptedIds(send)
    if (accepted.length > 1) breach(`${send.key}: its tries were answered with ${accepted.join(' and ')}`)
    if (there.length > 1) breach(`${send.key}: one call made ${there.length} commands: ${there.join(', ')}`)
    for (const commandId of accepted)
      if (!there.includes(commandId)) breach(`${send.key}: ${commandId} was accepted and is not there`, commandId)
    for (const commandId of there) {
      const nodes = (nodesOf.get(commandId) ?? []).map(({ nodeId }) => nodeId)
      const [has, needs] = [nodes.toSorted().join(', '), send.nodeIds.toSorted().join(', ')]
      if (has !== needs) breach(`${commandId}: has invocations on [${has}], sent to [${needs}]`, commandId)
    }
  }
  for (const { commandId, key } of history.commands)
    if (!keys.has(key)) breach(`${commandId}: nobody sent it (${key})`, commandId)
  for (const line of history.ledger)
    if (!known.has(line.commandId)) breach(`${line.commandId}: ran on ${line.nodeId} and is not there`, line.commandId)
  return violations
}

const acceptedIds = ({ tries }: Send): readonly string[] => [
  ...new Set(tries.flatMap(({ outcome }) => (outcome.kind === 'accepted' ? [outcome.commandId] : []))),
]
