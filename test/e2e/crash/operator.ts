import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { ApiClientError, type GetCommandInvocationResult } from '@muster/protocol/api'
import type { LedgerLine } from '../../checker/history.ts'
import { ledgerLines, parseLedger } from '../../checker/ledger.ts'
import { readText, type TestAgent } from '../../rig/agent.ts'
import type { TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

/** What somebody at the API does in these tests; a controller that is down is asked again. */
export interface Operator {
  /** Runs lines as AWS-RunShellScript; answers the command's id. */
  run(agent: TestAgent, lines: readonly string[], options?: { readonly executionTimeout?: number }): Promise<string>
  /** Runs a document of several steps, each given as its lines. */
  runSteps(agent: TestAgent, steps: Readonly<Record<string, readonly string[]>>): Promise<string>
  view(commandId: string, nodeId: string, step?: string): Promise<GetCommandInvocationResult>
  /** Waits for a terminal state. */
  ended(commandId: string, nodeId: string, step?: string): Promise<GetCommandInvocationResult>
  /** The whole standard output, read to its end; undefined when it is not whole after so many seconds. */
  output(commandId: string, nodeId: string, options?: OutputOptions): Promise<Buffer | undefined>
}

interface OutputOptions {
  readonly step?: string
  readonly seconds?: number
}

const OPEN: ReadonlySet<string | undefined> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])

export function createOperator(controller: TestController): Operator {
  let documents = 0
  const named = (step: string | undefined) => (step === undefined ? {} : { PluginName: step })
  const view: Operator['view'] = (CommandId, InstanceId, step) =>
    controller.call('GetCommandInvocation', { CommandId, InstanceId, ...named(step) })

  return {
    view,
    async run(agent, lines, { executionTimeout } = {}) {
      const { Command } = await controller.call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [agent.nodeId],
        Parameters: {
          commands: [...lines],
          ...(executionTimeout === undefined ? {} : { executionTimeout: [String(executionTimeout)] }),
        },
      })
      return Command?.CommandId ?? ''
    },
    async runSteps(agent, steps) {
      documents += 1
      const name = `Steps-${documents}-${agent.nodeId}`
      const mainSteps = Object.entries(steps).map(([step, runCommand]) => ({
        action: 'aws:runShellScript',
        name: step,
        inputs: { runCommand },
      }))
      await controller.call('CreateDocument', {
        Name: name,
        DocumentType: 'Command',
        Content: JSON.stringify({ schemaVersion: '2.2', description: 'steps', mainSteps }),
      })
      const { Command } = await controller.call('SendCommand', { DocumentName: name, InstanceIds: [agent.nodeId] })
      return Command?.CommandId ?? ''
    },
    async ended(commandId, nodeId, step) {
      let last: GetCommandInvocationResult | undefined
      await until(`${commandId} on ${nodeId} has ended`, async () => {
        last = await view(commandId, nodeId, step)
        return !OPEN.has(last.Status)
      })
      if (last === undefined) throw new Error('nothing was seen')
      return last
    },
    async output(CommandId, InstanceId, { step, seconds = 30 } = {}) {
      const parts: Buffer[] = []
      const until = performance.now() + seconds * 1000
      for (let offset = 0; performance.now() < until; ) {
        const input = {
          CommandId,
          InstanceId,
          Stream: 'stdout',
          Offset: offset,
          WaitSeconds: 1,
          ...named(step),
        } as const
        const part = await controller.call('GetOutput', input)
        parts.push(Buffer.from(part.Data, 'base64'))
        offset = part.NextOffset
        if (part.Complete) return Buffer.concat(parts)
      }
      return undefined
    },
  }
}

/** Beside the agent's data, seen from where its scripts run: one text for scripts that go to several nodes. */
const LEDGER = '../../../../ledger'

/** Lines of a script that leave one line in the ledger of the host that runs it. */
export const note = (step: string): readonly string[] => ledgerLines(LEDGER, step)

/** What a host's scripts have left in its ledger. */
export async function ledgerOf(agent: TestAgent): Promise<readonly LedgerLine[]> {
  const bootedAt = Date.now() - Number((await readText('/proc/uptime')).split(' ')[0]) * 1000
  return parseLedger(agent.nodeId, await readText(join(dirname(agent.data), 'ledger')), bootedAt)
}

/** The names of the steps that a command has entered, in the order of their starts. */
export async function entriesOf(agent: TestAgent, commandId: string): Promise<readonly string[]> {
  return (await ledgerOf(agent)).filter((line) => line.commandId === commandId).map(({ step }) => step)
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Takes an agent away; the controller knows. */
export async function leave(controller: TestController, agent: TestAgent): Promise<void> {
  await agent.stop('SIGTERM')
  await until(`${agent.nodeId} is gone`, async () => {
    return (await controller.call('GetConnectionStatus', { Target: agent.nodeId })).Status === 'notconnected'
  })
}

/** The service's code for a call that it refused. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof ApiClientError) return error.code
    throw error
  }
}
