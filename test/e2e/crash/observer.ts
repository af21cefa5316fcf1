import { setTimeout as delay } from 'node:timers/promises'
import type { CommandInvocation, ListCommandInvocationsRequest } from '@muster/protocol/api'
import { type InvocationState, invocationStates } from '@muster/protocol/delivery'
import type { FinalCommand, FinalInvocation, Observation } from '../../checker/history.ts'
import type { TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, sha256 } from './operator.ts'

/** Somebody who looks at the lists all the time, as a console does. */
export interface Observer {
  /** Waits until nothing is open, looks at everything once more and says what there is. */
  finish(): Promise<{
    readonly observations: readonly Observation[]
    readonly commands: readonly FinalCommand[]
    readonly invocations: readonly FinalInvocation[]
  }>
}

const PAUSE_MS = 250
const PAGE = 50
const READERS = 8

export function startObserver(
  controller: TestController,
  settleMs: number,
  /** Whose ends are looked for apart: a walk over tens of thousands of invocations takes minutes. */
  followed: readonly string[] = [],
  /** Commands of earlier rounds, which have been looked at. */
  before: ReadonlySet<string> = new Set(),
): Observer {
  const observations: Observation[] = []
  let open = true

  const look = async (NextToken: string | undefined, narrowed: ListCommandInvocationsRequest = {}) => {
    const askedAt = Date.now()
    const { CommandInvocations = [], NextToken: next } = await controller.call('ListCommandInvocations', {
      MaxResults: PAGE,
      ...narrowed,
      ...(NextToken === undefined ? {} : { NextToken }),
    })
    for (const invocation of CommandInvocations) {
      const { CommandId: commandId = '', InstanceId: nodeId = '' } = invocation
      observations.push({ askedAt, at: Date.now(), commandId, nodeId, state: stateOf(invocation) })
    }
    return { invocations: CommandInvocations, next }
  }
  const walk = async (): Promise<void> => {
    let token: string | undefined
    while (open) {
      // While the controller is down, the same page is asked for again.
      await look(token).then(
        ({ next }) => {
          token = next
        },
        () => undefined,
      )
      await delay(PAUSE_MS)
    }
  }
  const followEnds = async (): Promise<void> => {
    while (open && followed.length > 0) {
      for (const InstanceId of followed) {
        const Filters = [{ key: 'Status' as const, value: 'Success' }]
        await look(undefined, { InstanceId, Filters }).catch(() => undefined)
      }
      await delay(PAUSE_MS)
    }
  }
  const watching = Promise.all([walk(), followEnds()])

  const isSettled = async (): Promise<boolean> => {
    for (const value of ['Pending', 'InProgress', 'Delayed', 'Cancelling']) {
      const Filters = [{ key: 'Status' as const, value }]
      const { CommandInvocations = [] } = await controller.call('ListCommandInvocations', { MaxResults: 1, Filters })
      if (CommandInvocations.length > 0) return false
    }
    return true
  }

  return {
    async finish() {
      await until('every invocation has ended', isSettled, settleMs).catch((error: unknown) => {
        // What is still open is for the checker to judge.
        if (!(error instanceof Error && error.message.startsWith('not within'))) throw error
      })
      open = false
      await watching
      const isNew = ({ CommandId = '' }: { readonly CommandId?: string | undefined }): boolean => !before.has(CommandId)
      const all = (await readAll((token) => look(token))).filter(isNew)
      const invocations = await readFinals(controller, all)
      const commands = await readAll(async (NextToken) => {
        const page = await controller.call('ListCommands', { MaxResults: PAGE, ...(NextToken && { NextToken }) })
        return { invocations: page.Commands ?? [], next: page.NextToken }
      })
      return {
        observations: observations.filter(({ commandId }) => !before.has(commandId)),
        invocations,
        commands: commands
          .filter(isNew)
          .map(({ CommandId = '', Comment = '' }) => ({ commandId: CommandId, key: Comment })),
      }
    },
  }
}

const stateOf = ({ StatusDetails = '' }: CommandInvocation): InvocationState => {
  if (Object.hasOwn(invocationStates, StatusDetails)) return StatusDetails as InvocationState
  throw new Error(`${StatusDetails} is no state of an invocation`)
}

async function readAll<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly invocations: readonly T[]; readonly next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = []
  for (let token: string | undefined; ; ) {
    const { invocations, next } = await page(token)
    all.push(...invocations)
    token = next
    if (token === undefined) return all
  }
}

/** Each invocation with the hash of its whole output, as anybody can read it. */
async function readFinals(controller: TestController, all: readonly CommandInvocation[]): Promise<FinalInvocation[]> {
  const operator = createOperator(controller)
  const finals: FinalInvocation[] = []
  const waiting = all.values()
  const readSome = async (): Promise<void> => {
    for (const invocation of waiting) {
      const { CommandId: commandId = '', InstanceId: nodeId = '' } = invocation
      const output = await operator.output(commandId, nodeId, { seconds: 10 })
      const steps = [{ name: 'run', stdoutSha256: output && sha256(output) }]
      finals.push({ commandId, nodeId, state: stateOf(invocation), steps })
    }
  }
  await Promise.all(Array.from({ length: READERS }, readSome))
  return finals
}
