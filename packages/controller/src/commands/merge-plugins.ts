import type { StepState } from '@muster/protocol/delivery'
import { cutChars } from '@muster/protocol/kit'
import type { ListedStep } from './list-store.ts'

const STDOUT_CHARS = 24_000
const STDERR_CHARS = 8_000
/** The worst of a plugin's states decides; the order is that of the service's agent. */
const RANKS: readonly StepState[] = ['Skipped', 'Success', 'Failed', 'Cancelled', 'TimedOut']

/**
 * Steps as views show them: what schema 1.2 lists for one plugin is one there. Steps of schema 2 have names of their
 * own, so each stays what it is.
 */
export function mergePlugins(steps: readonly ListedStep[]): ListedStep[] {
  const plugins = new Map<string, ListedStep[]>()
  for (const step of steps) plugins.set(step.name, [...(plugins.get(step.name) ?? []), step])
  return [...plugins.values()].map(([first, ...others]) => others.reduce(merge, first as ListedStep))
}

function merge(one: ListedStep, other: ListedStep): ListedStep {
  const state = worse(one.state as StepState, other.state as StepState)
  const isOpen = state === 'Pending' || state === 'InProgress'
  const starts = [one.started_at, other.started_at].filter((at) => at !== null)
  const ends = [one.ended_at, other.ended_at].filter((at) => at !== null)
  return {
    ...one,
    state,
    code: isOpen ? -1 : codeOf(one) || codeOf(other),
    attempt: Math.max(one.attempt, other.attempt),
    started_at: starts.length > 0 ? Math.min(...starts) : null,
    ended_at: isOpen || ends.length === 0 ? null : Math.max(...ends),
    stdout_head: join(one.stdout_head, other.stdout_head, STDOUT_CHARS),
    stderr_head: join(one.stderr_head, other.stderr_head, STDERR_CHARS),
    reason: one.reason ?? other.reason,
  }
}

function worse(one: StepState, other: StepState): StepState {
  const isOpen = (state: StepState) => state === 'Pending' || state === 'InProgress'
  if (one === other) return one
  if (isOpen(one) || isOpen(other)) return 'InProgress'
  return RANKS.indexOf(one) >= RANKS.indexOf(other) ? one : other
}

const codeOf = ({ state, code }: ListedStep): number => (state === 'Skipped' ? 0 : code)

const join = (one: string, other: string, chars: number): string =>
  cutChars(one === '' || other === '' ? one + other : `${one}\n${other}`, chars)
