/** Names of the places where a test may stop a program, each with what has happened by then. */
export type FailpointTable = Readonly<Record<string, string>>

type Action = 'kill' | 'exit' | 'error' | 'pause' | 'stall' | 'freeze'

/** Stops here when a test asked for it; does nothing otherwise. */
export type Failpoint<Name extends string = string> = (name: Name) => void | Promise<void>

/** Thrown by a failpoint set to `error`, and for a text that names none. */
export class FailpointError extends Error {
  override readonly name = 'FailpointError'
}

const ACTIONS: ReadonlySet<string> = new Set<Action>(['kill', 'exit', 'error', 'pause', 'stall', 'freeze'])

/** The failpoints of a program that nobody tests. */
export const noFailpoint: Failpoint = () => {}

/** Reads `name:action[,name:action]` (the value of MUSTER_FAILPOINTS); throws on a name or action that does not exist. */
export function createFailpoint<Table extends FailpointTable>(
  table: Table,
  text: string | undefined,
): Failpoint<keyof Table & string> {
  if (text === undefined || text === '') return noFailpoint
  const actions = new Map<string, Action>()
  for (const item of text.split(',')) {
    const [name = '', action = ''] = item.trim().split(':')
    if (!Object.hasOwn(table, name)) throw new FailpointError(`no failpoint is called ${name}`)
    if (!ACTIONS.has(action))
      throw new FailpointError(`failpoint ${name}: ${action} is not one of ${[...ACTIONS].join(', ')}`)
    actions.set(name, action as Action)
  }
  return (name) => {
    const action = actions.get(name)
    // Once: who goes on afterwards comes by again.
    if (action === 'freeze') actions.delete(name)
    return perform(name, action)
  }
}

const STALL_MS = 5000
const FROZEN_MS = 50

/** Keeps the only thread busy, as a bad pattern or a huge document would. */
function standStill(): void {
  const end = performance.now() + STALL_MS
  while (performance.now() < end);
}

function perform(name: string, action: Action | undefined): void | Promise<void> {
  switch (action) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL')
      // The signal may land a moment later; nothing may happen in between.
      return new Promise(() => {})
    case 'exit':
      process.exit(70)
      break
    case 'error':
      throw new FailpointError(`failpoint ${name}`)
    case 'pause':
      return new Promise(() => {})
    case 'stall':
      return standStill()
    case 'freeze':
      process.kill(process.pid, 'SIGSTOP')
      // As with SIGKILL; this goes on once the process was told to.
      return new Promise((resolve) => setTimeout(resolve, FROZEN_MS))
    case undefined:
      return undefined
  }
}
