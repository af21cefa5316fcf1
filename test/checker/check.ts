import { type InvocationState, invocationStates } from '@muster/protocol/delivery'
import { checkAcceptance } from './acceptance.ts'
import type { FinalInvocation, History, LedgerLine, Observation, Send, Violation } from './history.ts'

/** After the last fault, everything that started must have ended within this. */
const SETTLE_MS = 60_000

/** States that say: nothing of this ever ran on the node. */
const NEVER_RAN: ReadonlySet<InvocationState> = new Set([
  'DeliveryTimedOut',
  'Terminated',
  'Undeliverable',
  'InvalidPlatform',
  'AccessDenied',
])

const isTerminal = (state: InvocationState): boolean => invocationStates[state].terminal
const placeOf = (commandId: string, nodeId: string): string => `${commandId} on ${nodeId}`

/** Everything in a run that breaks the promises I1 to I6, or makes it prove nothing; empty for a good one. Pure. */
export function check(history: History): readonly Violation[] {
  const ledger = Map.groupBy(history.ledger, ({ commandId, nodeId }) => placeOf(commandId, nodeId))
  const observed = Map.groupBy(history.observations, ({ commandId, nodeId }) => placeOf(commandId, nodeId))
  const plans = plansByCommand(history)
  const invocations = history.invocations.map((final) => {
    const place = placeOf(final.commandId, final.nodeId)
    return {
      place,
      final,
      plan: plans.get(final.commandId),
      lines: ledger.get(place) ?? [],
      seen: observed.get(place) ?? [],
    }
  })
  return [
    ...checkFloor(history),
    ...checkAcceptance(history),
    ...invocations.flatMap((judged) => [
      ...checkEntries(judged),
      ...checkSuccess(judged),
      ...checkNeverRan(judged),
      ...checkOneEnd(judged),
      ...checkSettled(judged, history.healedAt),
    ]),
  ]
}

interface Judged {
  readonly place: string
  readonly final: FinalInvocation
  readonly plan: Send | undefined
  readonly lines: readonly LedgerLine[]
  readonly seen: readonly Observation[]
}

function plansByCommand({ commands, sends }: History): ReadonlyMap<string, Send> {
  const byKey = new Map(sends.map((send) => [send.key, send]))
  return new Map(
    commands.flatMap(({ commandId, key }) => {
      const send = byKey.get(key)
      return send ? [[commandId, send] as const] : []
    }),
  )
}

/** An idle system keeps every promise. */
function checkFloor({ faults, floorPerSecond, sends }: History): Violation[] {
  const accepted = sends.filter(({ tries }) =>
    tries.some(({ outcome, endedAt }) => outcome.kind === 'accepted' && endedAt >= faults.from && endedAt <= faults.to),
  ).length
  const seconds = (faults.to - faults.from) / 1000
  const rate = seconds > 0 ? accepted / seconds : 0
  if (rate >= floorPerSecond) return []
  const text = `${accepted} commands were accepted in ${seconds.toFixed(1)} s of faults: ${rate.toFixed(1)} a second, at least ${floorPerSecond} are needed`
  return [{ invariant: 'floor', text }]
}

/** I2: a step is entered as often as its document allows. */
function checkEntries({ place, final, plan, lines }: Judged): Violation[] {
  if (plan === undefined) return []
  const violations: Violation[] = []
  for (const [step, entries] of Map.groupBy(lines, (line) => line.step)) {
    const allowed = plan.steps.find(({ name }) => name === step)?.entries ?? 0
    if (entries.length <= allowed) continue
    const tokens = entries.map(({ token }) => token).join(', ')
    violations.push(
      breach('I2', final, `${place}: ${step} was entered ${entries.length} times (${tokens}), ${allowed} allowed`),
    )
  }
  return violations
}

/** I3: Success means that every step ran to its end and that its output is what the script wrote. */
function checkSuccess({ place, final, plan, lines }: Judged): Violation[] {
  if (final.state !== 'Success' || plan === undefined) return []
  return plan.steps.flatMap(({ name, entries, stdoutSha256 }) => {
    const violations: Violation[] = []
    const count = lines.filter(({ step }) => step === name).length
    if (count < entries)
      violations.push(breach('I3', final, `${place}: Success, but ${name} was entered ${count} times, not ${entries}`))
    const given = final.steps.find((step) => step.name === name)?.stdoutSha256
    if (given !== stdoutSha256)
      violations.push(
        breach('I3', final, `${place}: Success, but the output of ${name} has the hash ${given}, not ${stdoutSha256}`),
      )
    return violations
  })
}

/** I4: what is said never to have started did not. */
function checkNeverRan({ place, final, lines }: Judged): Violation[] {
  if (!NEVER_RAN.has(final.state) || final.isUnknown || lines.length === 0) return []
  return [breach('I4', final, `${place}: ${final.state}, but ${lines.length} steps ran`)]
}

/** I5: an end is never taken back. An answer that was asked for after an end was told must tell the same end. */
function checkOneEnd({ place, final, seen }: Judged): Violation[] {
  const ends = new Set([...seen.map(({ state }) => state), final.state].filter(isTerminal))
  if (ends.size > 1) return [breach('I5', final, `${place}: ended as ${[...ends].join(' and as ')}`)]
  const firstEnd = Math.min(...seen.filter(({ state }) => isTerminal(state)).map(({ at }) => at))
  const later = seen.find(({ askedAt, state }) => askedAt > firstEnd && !isTerminal(state))
  if (later) return [breach('I5', final, `${place}: was ${later.state} again after its end was told`)]
  if (Number.isFinite(firstEnd) && !isTerminal(final.state))
    return [breach('I5', final, `${place}: ended, and is ${final.state} at last`)]
  return []
}

/** I6: what started has an end soon after the faults are over. The ledger says when it did; a view only that it did. */
function checkSettled({ place, final, lines, seen }: Judged, healedAt: number): Violation[] {
  const hasStarted = lines.length > 0 || seen.some(({ state }) => state === 'InProgress')
  if (!hasStarted) return []
  if (!isTerminal(final.state)) return [breach('I6', final, `${place}: started, and is ${final.state} for ever`)]
  if (lines.length === 0) return []
  const due = Math.max(healedAt, Math.min(...lines.map(({ at }) => at))) + SETTLE_MS
  const firstEnd = Math.min(...seen.filter(({ state }) => isTerminal(state)).map(({ at }) => at))
  if (firstEnd <= due) return []
  const late = Number.isFinite(firstEnd) ? `${Math.round((firstEnd - due) / 1000)} s late` : 'seen by nobody in time'
  return [breach('I6', final, `${place}: started, and its end came ${late}`)]
}

const breach = (invariant: Violation['invariant'], { commandId }: FinalInvocation, text: string): Violation => ({
  invariant,
  commandId,
  text,
})
