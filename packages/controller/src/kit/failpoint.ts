/** Every place where a test may stop the controller, and what has happened by then. */
export const FAILPOINTS = {
  'send-command-accepting': 'a command is written, its transaction is open',
  'send-command-accepted': 'a command is durable, nothing is handed over and nothing answered',
  'hand-over': 'released work is durable, nothing of it is sent',
  'hand-over-midway': 'one node has its work, the others do not',
  'release-writing': 'a release is written, its transaction is open',
  'release-written': 'a release is durable, nothing is handed over',
  'results-writing': 'results are written, their transaction is open',
  'results-written': 'results are durable, no receipt is given',
  'segment-stored': 'a piece of output is stored, its row is not written',
} as const

export type FailpointName = keyof typeof FAILPOINTS
type FailpointAction = 'kill' | 'exit' | 'error' | 'pause'

/** Stops here when a test asked for it; does nothing otherwise. */
export type Failpoint = (name: FailpointName) => void | Promise<void>

/** Thrown by a failpoint set to `error`, and for a text that names none. */
export class FailpointError extends Error {
  override readonly name = 'FailpointError'
}

const ACTIONS: ReadonlySet<string> = new Set<FailpointAction>(['kill', 'exit', 'error', 'pause'])

/** The failpoint of a controller that nobody tests. */
export const noFailpoint: Failpoint = () => {}

/** Reads `name:action[,name:action]` (the value of MUSTER_FAILPOINTS); throws on a name or action that does not exist. */
export function createFailpoint(text: string | undefined): Failpoint {
  if (text === undefined || text === '') return noFailpoint
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
