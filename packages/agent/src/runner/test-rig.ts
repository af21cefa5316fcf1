import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  documentHash,
  type Envelope,
  type EnvelopeStep,
  encodeEnvelope,
  parametersHash,
  type RunRecord,
  verifyRunProof,
} from '@muster/protocol/delivery'
import { systemClock } from '@muster/protocol/kit'
import { type Journal, openFolder, openJournal } from '#journal/index.ts'
import { createFailpoint } from '#kit/index.ts'
import { CallFailed } from '#link/index.ts'
import { type ControlGroups, createPlatform, type Platform } from '#platform/index.ts'
import type { RunnerDeps } from './deps.ts'
import type { Execution } from './execution.ts'
import { createLocalExecution, type LocalExecutionOptions } from './local-execution.ts'
import { scriptOutcome } from './plugin/outcome.ts'
import type { ScriptPlugin } from './plugin/plugin.ts'
import type { TaskHost, TaskSettings } from './plugin/task-order.ts'
import { openPoison } from './poison.ts'
import { createRunner, type OutboxEntry, type Runner, type Work } from './runner.ts'

export const NODE_ID = 'mi-0123456789abcdef0'
// A fixed key, so that a test can be looked at twice.
const KEY = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
})
const PUBLIC_KEY: KeyObject = createPublicKey(KEY)

/** Runs its one input as a shell script: what the tests of the runner need of a plugin. */
export const testPlugin: ScriptPlugin = {
  kind: 'script',
  action: 'aws:runShellScript',
  since: 1,
  platforms: ['linux'],
  plan: ({ run }, { commandId, env }, workspace) => ({
    process: {
      files: { 'script.sh': `${String(run)}\n` },
      argv: ['sh', workspace.path('script.sh')],
      cwd: workspace.root,
      env: { ...env, SSM_COMMAND_ID: commandId },
    },
  }),
  outcome: scriptOutcome,
}

/** A folder that stands for a host: data, claims and boot id. */
export interface Host extends Disposable {
  readonly folder: string
  readonly ledger: string
  reboot(): void
  readLedger(): Promise<string[]>
}

/** Makes such a folder; gone at the end of the test. */
export function createHost(): Host {
  const folder = mkdtempSync(join(tmpdir(), 'muster-runner-'))
  const ledger = join(folder, 'ledger')
  let boot = 0
  const reboot = () => {
    boot += 1
    writeFileSync(join(folder, 'boot_id'), `boot-${boot}\n`)
  }
  reboot()
  writeFileSync(ledger, '')
  return {
    folder,
    ledger,
    reboot,
    readLedger: async () => (await readFile(ledger, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface RigOptions {
  readonly failpoints?: string | undefined
  readonly execution?: Partial<LocalExecutionOptions>
  readonly controlGroups?: ControlGroups
  readonly requestReboot?: () => Promise<void>
  readonly deps?: Partial<RunnerDeps>
  readonly wrapExecution?: (execution: Execution) => Execution
}

export interface Rig extends AsyncDisposable {
  readonly runner: Runner
  readonly journal: Journal
  readonly execution: Execution
  readonly platform: Platform
}

const AGENT = fileURLToPath(new URL('../main.ts', import.meta.url))

/** What tasks on a host are told: they are this package's own program, from its sources. */
export const testTasks = (folder: string, settings: Partial<TaskSettings> = {}): TaskHost => ({
  program: [process.execPath, AGENT],
  data: folder,
  platformType: 'Linux',
  settings: { leavesChildren: false, githubUrl: 'https://api.github.com', allowLinkLocal: false, ...settings },
})

/** An agent's runner on a host: call it again on the same host for the agent's next life. */
export async function startRig({ folder }: Pick<Host, 'folder'>, options: RigOptions = {}): Promise<Rig> {
  const platform = await createPlatform({
    bootIdFile: join(folder, 'boot_id'),
    requestReboot: options.requestReboot ?? (async () => {}),
    ...(options.controlGroups && { controlGroups: options.controlGroups }),
  })
  const local = createLocalExecution({
    platform,
    attemptsFolder: join(folder, 'attempts'),
    runFolder: join(folder, 'run'),
    outputCapBytes: 1024 ** 3,
    killTimes: { graceMs: 1_000, giveUpMs: 5_000 },
    drainMs: 300,
    ...options.execution,
  })
  const execution = options.wrapExecution?.(local) ?? local
  const journal = await openJournal({ storage: await openFolder(join(folder, 'journal')), clock: systemClock })
  const poison = openPoison(join(folder, 'reading'))
  const runner = createRunner({
    journal,
    poison,
    execution,
    platform,
    plugins: [testPlugin],
    tasks: testTasks(folder),
    calls: { call: () => Promise.reject(new CallFailed('this rig has no link')) },
    nodeId: NODE_ID,
    signingKey: () => KEY,
    controllerNow: () => Date.now(),
    policy: async () => ({ mode: 'full' }),
    failpoint: createFailpoint(options.failpoints),
    ...options.deps,
  })
  await runner.recover()
  return {
    runner,
    journal,
    execution,
    platform,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]()
      await journal[Symbol.asyncDispose]()
      poison[Symbol.dispose]()
    },
  }
}

/** Work for a document of shell steps, with everything filled in that is not under test. */
export function aWork(
  id: string,
  scripts: readonly string[],
  changes: Partial<Envelope> & { step?: Partial<EnvelopeStep> } = {},
): Work {
  const { step, ...rest } = changes
  const now = Date.now()
  const steps = scripts.map((run, index) => ({
    index,
    name: `step${index}`,
    action: 'aws:runShellScript',
    timeoutSeconds: 60,
    inputs: { run },
    ...step,
  }))
  const envelope: Envelope = {
    format: 1,
    commandId: 'command-1',
    documentName: 'Test',
    documentVersion: '1',
    documentHash: documentHash('{}'),
    schemaVersion: '2.2',
    parametersHash: parametersHash({}),
    principal: 'arn:aws:iam::123456789012:user/test',
    requestedAt: now,
    deliverBy: now + 60_000,
    steps,
    ...rest,
  }
  return {
    invocationId: id,
    commandId: 'command-1',
    envelope: encodeEnvelope(envelope),
    deliverBy: envelope.deliverBy,
    expiresAt: now + 120_000,
  }
}

export type ResultEntry = OutboxEntry & { fact: { kind: 'result' } }

/** The result of an invocation, as soon as it is in the outbox. */
export async function resultOf(runner: Runner, invocationId: string): Promise<ResultEntry> {
  for (;;) {
    const found = runner
      .pending(0, Number.POSITIVE_INFINITY)
      .find((entry) => entry.invocationId === invocationId && entry.fact.kind === 'result')
    if (found?.fact.kind === 'result') return { ...found, fact: found.fact }
    await runner.news()
  }
}

/** The record in a result, its proof checked against the work and the whole outputs. */
export function verifiedRecord({ fact: { result } }: ResultEntry, work: Work): RunRecord {
  const outputs = result.heads.flatMap(({ step, stdout, stderr }) => [
    ...(stdout.whole ? [{ step, stream: 'stdout' as const, bytes: stdout.whole }] : []),
    ...(stderr.whole ? [{ step, stream: 'stderr' as const, bytes: stderr.whole }] : []),
  ])
  const { runRecord: record, signature } = result
  const proof = verifyRunProof({
    record,
    signature,
    publicKey: PUBLIC_KEY,
    nodeId: NODE_ID,
    envelope: work.envelope,
    outputs,
  })
  if (!proof.ok) throw new Error(proof.reason)
  return proof.record
}
