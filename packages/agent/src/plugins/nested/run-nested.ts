import { type EnvelopeStep, finalStatus, type NodeStepStatus } from '@muster/protocol/delivery'
import { concludeStep, decideStep, knownActions, type SchemaVersion } from '@muster/protocol/documents'
import type { TaskIo, TaskOrder } from '#runner/index.ts'
import { runSubStep } from './run-sub-step.ts'
import { createSection, type Section } from './section.ts'

interface Ended {
  readonly name: string
  readonly status: NodeStepStatus
  readonly exits: boolean
}

/** Runs a document inside a step, one step after the other by the same decisions as a command's own; answers the exit code of the whole. */
export async function runNested(
  { schemaVersion, steps }: { readonly schemaVersion: SchemaVersion; readonly steps: readonly EnvelopeStep[] },
  order: TaskOrder,
  io: TaskIo,
): Promise<number> {
  const supportedActions = new Set(io.plugins.map(({ action }) => action))
  const ended: Ended[] = []
  for (const step of steps) {
    const section = createSection(step.name, io)
    const decision = decideStep({
      ...{ step, schemaVersion, platform: order.platformType, knownActions, supportedActions },
      // What one plugin of schema 1.2 is asked to do is done to its end.
      exited: ended.some(({ exits, name }) => exits && name !== step.name),
      isLast: steps.at(-1)?.name === step.name,
    })
    if ('run' in decision) ended.push(await runStep(step, order, io, section))
    else if ('skip' in decision) {
      section.out(decision.skip)
      ended.push({ name: step.name, status: 'Skipped', exits: false })
    } else {
      section.err(decision.fail)
      const { exits } = concludeStep(step.inputs, { status: 'Failed', exitCode: -1, begun: false })
      ended.push({ name: step.name, status: 'Failed', exits })
    }
    section.end()
  }
  return finalStatus(ended) === 'Success' ? 0 : 1
}

async function runStep(step: EnvelopeStep, order: TaskOrder, io: TaskIo, section: Section): Promise<Ended> {
  const { name, inputs, timeoutSeconds } = step
  const end = await runSubStep(step, order, io.plugins, section)
  if (end.kind === 'timeout') {
    section.err(`The step took more than its ${timeoutSeconds} seconds and was ended.`)
    return { name, status: 'TimedOut', exits: false }
  }
  if (end.kind === 'refused') section.err(end.problem)
  if (end.kind === 'reboot')
    section.err(`The step asked for a reboot (exit code ${end.code}), which a document inside aws:runDocument cannot.`)
  const exitCode = 'code' in end ? end.code : -1
  const isSuccess = end.kind === 'success'
  const { status, exits, note } = concludeStep(inputs, {
    ...{ status: isSuccess ? 'Success' : 'Failed', exitCode, begun: true },
  })
  if (note.stdoutEnd !== undefined) section.out(note.stdoutEnd)
  if (note.stderrEnd !== undefined) section.err(note.stderrEnd)
  return { name, status, exits }
}
