import { setTimeout as pause } from 'node:timers/promises'
import { freezeGroup, groupPids } from './control-group.ts'
import { findProcess, listProcesses, mentions, type ProcessInfo, signal } from './processes.ts'

/** All processes that one attempt has started. */
export interface ProcessTree {
  /** The control group they were put into, where there is one. */
  readonly group: string | undefined
  /** Stands in the environment of the first of them and of those that inherit it. */
  readonly token: string
  /** Session of the first of them. */
  readonly session: number | undefined
  /** Processes that only carry the output: they stay, and what they start stays. */
  readonly keep: readonly number[]
}

export interface KillTimes {
  readonly graceMs: number
  readonly giveUpMs: number
}

export const KILL_TIMES: KillTimes = { graceMs: 10_000, giveUpMs: 60_000 }
const LOOK_MS = 20

/** Processes of the tree that live, double forks included. */
export async function treePids(tree: ProcessTree): Promise<number[]> {
  const inGroup = tree.group === undefined ? undefined : await groupPids(tree.group)
  const processes = inGroup ? await livingOf(inGroup) : await markedOnes(tree)
  // The first kept process is the wrapper, whose children are the script's; the others are sinks with helpers of their own.
  const [wrapper, ...sinks] = tree.keep
  const kept = descendants(processes, new Set(sinks))
  return processes.map(({ pid }) => pid).filter((pid) => pid !== process.pid && pid !== wrapper && !kept.has(pid))
}

/** A set of processes grown by all that descend from them. */
function descendants(processes: readonly ProcessInfo[], roots: ReadonlySet<number>): Set<number> {
  const found = new Set(roots)
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid)
  }
  return found
}

async function livingOf(pids: readonly number[]): Promise<ProcessInfo[]> {
  return (await Promise.all(pids.map(findProcess))).filter((info) => info !== undefined)
}

/** Without a group: by token, by session, and whatever descends from those. */
async function markedOnes({ token, session }: ProcessTree): Promise<ProcessInfo[]> {
  const processes = await listProcesses()
  const marked = new Set<number>()
  for (const info of processes) {
    if (info.session === session || (await mentions(info.pid, token))) marked.add(info.pid)
  }
  const tree = descendants(processes, marked)
  return processes.filter(({ pid }) => tree.has(pid))
}

/** TERM, a time of grace, then KILL until nothing is left; answers what could not be killed. */
export async function killTree(tree: ProcessTree, { graceMs, giveUpMs }: KillTimes = KILL_TIMES): Promise<number[]> {
  for (const pid of await treePids(tree)) {
    signal(pid, 'SIGTERM')
    // A stopped process takes the signal only when it goes on.
    signal(pid, 'SIGCONT')
  }
  if (await emptyWithin(tree, graceMs)) return []
  const started = performance.now()
  while (performance.now() - started < giveUpMs) {
    await killAtOnce(tree)
    if (await emptyWithin(tree, 5 * LOOK_MS)) return []
  }
  return treePids(tree)
}

async function killAtOnce(tree: ProcessTree): Promise<void> {
  const frozen = tree.group !== undefined && (await freezeGroup(tree.group, true))
  try {
    for (const pid of await treePids(tree)) signal(pid, 'SIGKILL')
  } finally {
    if (frozen && tree.group !== undefined) await freezeGroup(tree.group, false)
  }
}

async function emptyWithin(tree: ProcessTree, ms: number): Promise<boolean> {
  const started = performance.now()
  // Most trees are gone within a moment: look soon at first, then seldom.
  for (let lookMs = 1; ; lookMs = Math.min(2 * lookMs, LOOK_MS)) {
    if ((await treePids(tree)).length === 0) return true
    if (performance.now() - started >= ms) return false
    await pause(lookMs)
  }
}
