import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../rig/program.ts'

const FIRST = -10
/** A tenth of what any other session has, where both want the processors. */
const GROUPS = [
  { root: '/sys/fs/cgroup/cpu', file: 'cpu.shares', share: '100' },
  { root: '/sys/fs/cgroup', file: 'cpu.weight', share: '10' },
]

/** Who goes first and who goes last where the processors are too few. */
export interface Priority extends AsyncDisposable {
  /** An agent goes behind those who send and answer, with every script that it starts from here on. */
  goLast(program: Program): Promise<void>
}

/**
 * What counts is what is accepted during the faults; scripts may take their time, and make it up afterwards. The kernel
 * shares out time by sessions, and each script is one of its own: so the agents and their scripts are gathered in one
 * control group with a small share, and where that cannot be had, this session goes first with what it starts.
 */
export async function goFirst(): Promise<Priority> {
  await preferSession(FIRST)
  const group = await openGroup()
  return {
    async goLast({ pid }) {
      prefer(pid, 0)
      if (group !== undefined) await writeFile(join(group, 'cgroup.procs'), String(pid)).catch(() => undefined)
    },
    async [Symbol.asyncDispose]() {
      if (group !== undefined) await rmdir(group).catch(() => undefined)
      await preferSession(0)
    },
  }
}

async function openGroup(): Promise<string | undefined> {
  for (const { root, file, share } of GROUPS) {
    const group = join(root, `muster-test-${process.pid}`)
    try {
      await mkdir(group, { recursive: true })
      await writeFile(join(group, file), share)
      return group
    } catch {
      // Not root, or this kernel has the other kind: the next, or none.
      await rmdir(group).catch(() => undefined)
    }
  }
  return undefined
}

async function preferSession(priority: number): Promise<void> {
  prefer(process.pid, priority)
  // Not everybody may, and not every kernel has it: then it goes without.
  await writeFile('/proc/self/autogroup', String(priority)).catch(() => undefined)
}

function prefer(pid: number, priority: number): void {
  try {
    setPriority(pid, priority)
  } catch {
    // Not root, or gone already.
  }
}
