/** Every place where a test may stop the agent, and what has happened by then. */
export const FAILPOINTS = {
  'after-receive': 'work has arrived, nothing is journaled',
  'after-received': 'RECEIVED is synced, no receipt was given',
  'while-reading': 'the work is journaled as being tried, its envelope is not looked at',
  'after-starting': 'STARTING is synced, the wrapper is not started',
  'after-launch': 'the wrapper runs, STARTED is not written',
  'after-started': 'STARTED is synced, the script runs',
  'after-exit': 'the script has ended, nothing of that is journaled',
  'after-reboot-requested': 'REBOOT_REQUESTED is synced, the host is not asked yet',
  'after-finished': 'a step that is not the last is FINISHED',
  'after-result': 'the result is synced, nothing is sent',
  'after-receipt': 'the receipt has come, its entry is not written',
} as const

export type FailpointName = keyof typeof FAILPOINTS
type FailpointAction = 'kill' | 'exit' | 'error' | 'pause'

/** Stops here when a test asked for it; does nothing otherwise. */
export type Failpoint = (name: FailpointName) => void | Promise<void>

/** Thrown by a failpoint set to `error`. */
export class FailpointError extends Error {
  override readonly name = 'FailpointError'
}

const ACTIONS: ReadonlySet<string> = new Set<FailpointAction>(['kill', 'exit', 'error', 'pause'])
const nothing: Failpoint = () => {}

/** Reads `name:action[,name:action]` (the value of MUSTER_FAILPOINTS); throws on a name or action that does not exist. */
export function createFailpoint(text: string | undefined): Failpoint {
  if (text === undefined || text === '') return nothing
  const actions = new Map<string, FailpointAction>()
  for (const item of text.split(',')) {
    const [name = '', action = ''] = item.trim().split(':')
    if (!Object.hasOwn(FAILPOINTS, name)) throw new FailpointError(`no failpoint is called ${name}`)
    if (!ACTIONS.has(action))
      throw new FailpointError(`failpoint ${name}: ${action} is not one of ${[...ACTIONS].join(', ')}`)
    actions.set(name, action as FailpointAction)
  }
  return (name) => perform(name, actions.get(name))
}

function perform(name: FailpointName, action: FailpointAction | undefined): void | Promise<void> {
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
    case undefined:
      return undefined
  }
}
