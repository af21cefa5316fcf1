import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type EnvelopeStep, secretVariable } from '@muster/protocol/delivery'
import { type Child, killTree, makeFolder, sizeOf, startChild, writePrivate } from '#platform/index.ts'
import {
  type LaunchSpec,
  launchProblem,
  type Plugin,
  type ProcessSpec,
  planStep,
  shellWrapper,
  type TaskOrder,
  windowsWrapper,
} from '#runner/index.ts'
import type { Section } from './section.ts'

export type SubStepEnd =
  | { readonly kind: 'success' | 'failed' | 'reboot'; readonly code: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'refused'; readonly problem: string }

// As for a command's own steps.
const DRAIN_MS = 5_000

/** Runs one step of a document inside a step as a process of its own, to its end or its time limit. */
export async function runSubStep(
  step: EnvelopeStep,
  order: TaskOrder,
  plugins: readonly Plugin[],
  section: Section,
): Promise<SubStepEnd> {
  const plugin = plugins.find(({ action }) => action === step.action)
  if (plugin === undefined) return { kind: 'refused', problem: `${step.action} is not an action of this agent` }
  const root = join(order.workspace, `${step.index}-${randomBytes(4).toString('hex')}`)
  const path = (name: string): string => join(root, name)
  const downloads = (await sizeOf(order.downloads)) === undefined ? undefined : order.downloads
  const context = {
    commandId: order.commandId,
    stepName: step.name,
    env: step.env ?? {},
    downloads,
    document: step.document,
  }
  const plan = planStep(plugin, step.inputs, context, { root, path }, order)
  const problem = 'problem' in plan ? plan.problem : launchProblem(plan.process)
  if ('problem' in plan || problem !== undefined) return { kind: 'refused', problem: problem ?? '' }
  await makeFolder(root)
  const mark = { name: `MUSTER_STEP_${order.depth}`, value: randomBytes(16).toString('hex') }
  // The task was given them under names of their own: two documents may have parameters of one name.
  const secrets = plugin.kind === 'script' ? Object.entries(step.secrets ?? {}) : []
  const renamed = Object.fromEntries(secrets.map(([name, secret]) => [name, secretVariable(secret)]))
  const child = await start({ ...plan.process, renamed }, path, mark, section)
  const tree = { group: undefined, token: `${mark.name}=${mark.value}`, session: child.pid, keep: [] }
  const code = await exitWithin(child, step.timeoutSeconds * 1000)
  if (code === undefined || !order.settings.leavesChildren) await killTree(tree)
  await Promise.race([child.drained, pause(DRAIN_MS, undefined, { ref: false })])
  child.close()
  if (code === undefined) return { kind: 'timeout' }
  const { status } = plugin.outcome(code)
  return { kind: status === 'rebootThenResume' ? 'reboot' : status, code }
}

async function start(
  spec: ProcessSpec & Pick<LaunchSpec, 'renamed'>,
  path: (name: string) => string,
  mark: { readonly name: string; readonly value: string },
  section: Section,
): Promise<Child> {
  const { launchFile, launchText, program } = process.platform === 'win32' ? windowsWrapper : shellWrapper
  const env = { ...spec.env, [mark.name]: mark.value }
  await writePrivate(path(launchFile), launchText({ ...spec, env }))
  for (const [name, content] of Object.entries(spec.papers ?? {})) await writePrivate(path(name), content)
  for (const [name, content] of Object.entries(spec.files)) await writePrivate(path(name), content, 0o700)
  return startChild([...program, path(launchFile)], { cwd: '/', onOut: section.out, onErr: section.err })
}

async function exitWithin(child: Child, ms: number): Promise<number | undefined> {
  const limit = new AbortController()
  const late = pause(ms, undefined, { signal: limit.signal }).catch(() => undefined)
  try {
    return await Promise.race([child.exited, late])
  } finally {
    limit.abort()
  }
}
