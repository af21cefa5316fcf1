import type { PlainObject } from '#kit/index.ts'
import { readFlow } from './flow.ts'

/** How a step came to its end, before its flow and the two exit codes are looked at. */
export interface StepEnd {
  readonly status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled'
  /** -1 where no process ended by itself. */
  readonly exitCode: number
  /** False: it failed before its action was asked. */
  readonly begun: boolean
}

export interface StepConclusion {
  readonly status: StepEnd['status']
  readonly exitCode: number
  /** The steps after it are skipped. */
  readonly exits: boolean
  /** Said at the end of its output, in the texts of the service's agent. */
  readonly note: { readonly stdoutEnd?: string; readonly stderrEnd?: string; readonly stderrHidden?: true }
}

const EXIT_WITH_SUCCESS = 168
const EXIT_WITH_FAILURE = 169

/** Decides what the end of a step means for itself and for the steps after it; the order is that of the service's agent. */
export function concludeStep(inputs: PlainObject, { status, exitCode, begun }: StepEnd): StepConclusion {
  const { onFailure, onSuccess } = readFlow(inputs)
  if (exitCode === EXIT_WITH_SUCCESS) {
    const note = { stdoutEnd: exitText(exitCode, 'succeeded'), stderrHidden: true } as const
    return { status: 'Success', exitCode, exits: true, note }
  }
  if (exitCode === EXIT_WITH_FAILURE) {
    return { status, exitCode, exits: true, note: inBoth(exitText(exitCode, 'Failed')) }
  }
  if (status === 'Failed') {
    if (!begun) return { status, exitCode, exits: onFailure === 'exit', note: {} }
    if (onFailure === 'exit') return { status, exitCode, exits: true, note: inBoth(ON_FAILURE) }
    if (onFailure === 'successAndExit')
      return { status: 'Success', exitCode: EXIT_WITH_SUCCESS, exits: true, note: inBoth(ON_FAILURE) }
  }
  return { status, exitCode, exits: status === 'Success' && onSuccess === 'exit', note: {} }
}

const ON_FAILURE = '\nStep was found to have onFailure property. Further document steps will be skipped.'

const exitText = (code: number, words: string): string =>
  `\nStep exited with code ${code}. Therefore, marking step as ${words}. Further document steps will be skipped.`

const inBoth = (text: string) => ({ stdoutEnd: text, stderrEnd: text })
