import type { Plain, PlainObject } from '#kit/index.ts'

/** What the inputs of a step say about the steps after it; every action has these. */
export interface StepFlow {
  readonly onFailure?: 'exit' | 'successAndExit'
  readonly onSuccess?: 'exit'
  /** Runs in spite of an earlier exit, where it is the last step of its document. */
  readonly finallyStep: boolean
}

/** Names of the inputs that `readFlow` reads. */
export const FLOW_INPUTS: ReadonlySet<string> = new Set(['onFailure', 'onSuccess', 'finallyStep'])

/** Reads the flow of a step from its inputs; a value that is not known means nothing, as on the service's agent. */
export function readFlow({ onFailure, onSuccess, finallyStep }: PlainObject): StepFlow {
  return {
    ...((onFailure === 'exit' || onFailure === 'successAndExit') && { onFailure }),
    ...(onSuccess === 'exit' && { onSuccess }),
    finallyStep: isTrue(finallyStep),
  }
}

const isTrue = (value: Plain | undefined): boolean => value === true || value === 'true'
