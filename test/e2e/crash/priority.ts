import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../rig/program.ts'

const FIRST = -10
/** A tenth of what any other session has, where both want the processors; and twice as much, to catch up. */
const GROUPS = [
  { root: '/sys/fs/cgroup/cpu', file: 'cpu.shares', few: '100', many: '2048' },
  { root: '/sys/fs/cgroup', file: 'cpu.weight', few: '10', many: '200' },
]

/** Who goes first and who goes last where the processors are too few. */
export interface Priority extends AsyncDisposable {
  /** An agent goes behind those who send and answer, with every script that it starts from here on. */
  goLast(program: Program): Promise<void>
  /** From here on it is the scripts' turn. */
  letCatchUp(): Promise<void>
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
      await group?.take(pid)
    },
    async letCatchUp() {
      await preferSession(0)
      await group?.raise()
    },
    async [Symbol.asyncDispose]() {
      await preferSession(0)
      await group?.remove()
    },
  }
}

interface Group {
  take(pid: number): Promise<void>
  raise(): Promise<void>
  remove(): Promise<void>
}

async function openGroup(): Promise<Group | undefined> {
  for (const { root, file, few, many } of GROUPS) {
    const folder = join(root, `muster-test-${process.pid}`)
    const write = (name: string, value: string) => writeFile(join(folder, name), value)
    const remove = () => rmdir(folder).catch(() => undefined)
    try {
      await mkdir(folder, { recursive: true })
      await write(file, few)
    } catch {
      // Not root, or this kernel has the other kind: the next, or none.
      await remove()
      continue
    }
    return {
      // One that has ended meanwhile needs no place.
      take: (pid) => write('cgroup.procs', String(pid)).catch(() => undefined),
      raise: () => write(file, many),
      remove,
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
