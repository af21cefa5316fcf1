import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EnvelopeStep, freezeSteps } from '@muster/protocol/delivery'
import { checkParameters, parseDocument } from '@muster/protocol/documents'
import type { PlainObject } from '@muster/protocol/kit'
import type { TaskOrder, TaskPlugin, TaskSettings } from '#runner/index.ts'
import { aWork, type Host, type Rig, resultOf, startRig, testTasks } from '#runner/test-rig.ts'
import { pluginsFor } from './index.ts'

/** A step of shell lines. */
export const shell = (name: string, runCommand: string, more: Record<string, unknown> = {}) => ({
  ...{ action: 'aws:runShellScript', name },
  inputs: { runCommand: [runCommand], ...more },
})

/** The steps of a document, frozen as a controller would. */
export function frozen(
  mainSteps: readonly object[],
  given: Record<string, readonly string[]> = {},
  parameters: object = {},
): readonly EnvelopeStep[] {
  const parsed = parseDocument(JSON.stringify({ schemaVersion: '2.2', parameters, mainSteps }), 'JSON')
  if (!parsed.ok) throw new Error(parsed.text)
  const checked = checkParameters(parsed.document, given)
  if (!checked.ok) throw new Error(checked.problem.detail)
  const steps = freezeSteps(parsed.document, checked.values)
  if (!steps.ok) throw new Error(steps.text)
  return steps.steps
}

/** A step that runs a document of the controller, found and frozen. */
export const nested = (name: string, steps: readonly EnvelopeStep[], index = 0): EnvelopeStep => ({
  ...{ index, name, action: 'aws:runDocument', timeoutSeconds: 60 },
  inputs: { documentType: 'SSMDocument', documentPath: 'Inner' },
  document: { kind: 'steps', name: 'Inner', version: '1', hash: '0'.repeat(64), schemaVersion: '2.2', steps },
})

/** A runner with the plugins of this package. */
export const startPlugins = (host: Pick<Host, 'folder'>): Promise<Rig> =>
  startRig(host, { deps: { plugins: pluginsFor('linux') } })

/** Runs steps on a host and answers what each came to. */
export async function runSteps(rig: Rig, steps: readonly EnvelopeStep[], id = 'one') {
  await rig.runner.accept(aWork(id, [], { steps }))
  const { fact } = await resultOf(rig.runner, id)
  const record: { steps: { status: string; exitCode: number; reason?: string }[] } = JSON.parse(
    Buffer.from(fact.result.runRecord)
      .toString('utf8')
      .replace(/^[^\n]*\n/, ''),
  )
  return record.steps.map(({ status, exitCode, reason }, index) => ({
    ...{ status, exitCode, reason },
    stdout: fact.result.heads[index]?.stdout.text,
    stderr: fact.result.heads[index]?.stderr.text,
  }))
}

/** A folder in which a task can be performed in this very process. */
export async function aTask(settings: Partial<TaskSettings> = {}) {
  const folder = await mkdtempDisposable(join(tmpdir(), "muster task's "))
  const downloads = join(folder.path, 'downloads')
  const workspace = join(folder.path, 'work')
  await mkdir(workspace)
  const printed = { out: '', err: '' }
  const add = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[stream] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
  }
  return {
    folder: folder.path,
    downloads,
    printed,
    /** Does what a step with these inputs asks for; answers its exit code. */
    perform(plugin: TaskPlugin, inputs: PlainObject, more: Partial<TaskOrder> = {}): Promise<number> {
      const problem = plugin.check(inputs)
      if (problem !== undefined) throw new Error(problem)
      const step = { action: plugin.action, inputs, commandId: 'command-1', stepName: 'step', depth: 0 }
      const order = { ...testTasks(folder.path, settings), ...step, downloads, workspace, ...more }
      return plugin.perform(order, { out: add('out'), err: add('err'), plugins: pluginsFor('linux') })
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
