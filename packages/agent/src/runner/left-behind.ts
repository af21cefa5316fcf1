import type { LiveInvocation } from '#journal/index.ts'
import type { Execution } from './execution.ts'

/** The attempts that the journal knows of an invocation, oldest first. */
export const tokensOf = ({ log }: Pick<LiveInvocation, 'log'>): string[] =>
  log.flatMap(({ entry }) => (entry.kind === 'starting' ? [entry.token] : []))

/** Removes an attempt that nobody will be told of any more. A script that still runs keeps its files until it has ended. */
export async function clearAway(
  execution: Pick<Execution, 'find' | 'wait' | 'remove'>,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  if ((await execution.find(token, true)) === 'running') await execution.wait(token, signal, () => {})
  await execution.remove(token)
}
