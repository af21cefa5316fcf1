import { type EnvelopeStep, freezeSteps } from '@muster/protocol/delivery'
import { checkParameters, parseDocument } from '@muster/protocol/documents'
import { aWork, type Host, type Rig, resultOf, startRig } from '#runner/test-rig.ts'
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
