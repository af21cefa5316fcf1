import * as kit from '@muster/protocol/kit'

/** Every place where a test may stop the agent, and what has happened by then. */
export const FAILPOINTS = {
  'after-receive': 'work has arrived, nothing is journaled',
  'after-received': 'RECEIVED is synced, no receipt was given',
  'while-reading': 'the mark of the one that is being read stands, its envelope is not looked at',
  'after-starting': 'STARTING is synced, the wrapper is not started',
  'after-claim': 'a former life never started the wrapper, its claim is taken, nothing of that is journaled',
  'after-launch': 'the wrapper runs, STARTED is not written',
  'after-started': 'STARTED is synced, the script runs',
  'after-exit': 'the script has ended, nothing of that is journaled',
  'after-reboot-requested': 'REBOOT_REQUESTED is synced, the host is not asked yet',
  'after-finished': 'a step that is not the last is FINISHED',
  'after-result': 'the result is synced, nothing is sent',
  'after-receipt': 'the receipt has come, its entry is not written',
} as const

export type FailpointName = keyof typeof FAILPOINTS
export type Failpoint = kit.Failpoint<FailpointName>

/** Reads the value of MUSTER_FAILPOINTS; throws on a name or action that does not exist. */
export const createFailpoint = (text: string | undefined): Failpoint => kit.createFailpoint(FAILPOINTS, text)
