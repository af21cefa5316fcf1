import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../rig/program.ts'

const FIRST = -10
/** What a session has of its own, where others want the processors too; each kernel counts by its own measure. */
const GROUPS = [
  { root: '/sys/fs/cgroup/cpu', file: 'cpu.shares', session: 1024 },
  { root: '/sys/fs/cgroup', file: 'cpu.weight', session: 100 },
]
const CATCHING_UP = 2

/** Who goes first and who goes last where the processors are too few. */
export interface Priority extends AsyncDisposable {
  /** An agent goes behind those who send and answer, with every script that it starts from here on. */
  goLast(program: Program): Promise<void>
  /** From here on agents and scripts have the small share. */
  holdBack(): Promise<void>
  /** From here on it is the scripts' turn. */
  letCatchUp(): Promise<void>
}

/**
 * What counts is what is accepted during the faults; scripts may take their time, and make it up afterwards. The kernel
 * shares out time by sessions, and each script is one of its own: so the agents and their scripts are gathered in one
 * control group with a small share, and where that cannot be had, this session goes first with what it starts.
 * `agentShare` is measured by what any other session has (1): little, and more commands are accepted; too little, and
 * what waits for a turn grows with the length of the run.
 */
export async function goFirst(agentShare: number): Promise<Priority> {
  await preferSession(FIRST)
  const group = await openGroup(agentShare)
  return {
    async goLast({ pid }) {
      prefer(pid, 0)
      await group?.take(pid)
    },
    async holdBack() {
      await preferSession(FIRST)
      await group?.give(agentShare)
    },
    async letCatchUp() {
      await preferSession(0)
      await group?.give(CATCHING_UP)
    },
    async [Symbol.asyncDispose]() {
      await preferSession(0)
      await group?.remove()
    },
  }
}

interface Group {
  take(pid: number): Promise<void>
  give(share: number): Promise<void>
  remove(): Promise<void>
}

async function openGroup(agentShare: number): Promise<Group | undefined> {
  for (const { root, file, session } of GROUPS) {
    const folder = join(root, `muster-test-${process.pid}`)
    const write = (name: string, value: string) => writeFile(join(folder, name), value)
    const give = (share: number) => write(file, String(Math.round(session * share)))
    const remove = () => rmdir(folder).catch(() => undefined)
    try {
      await mkdir(folder, { recursive: true })
      await give(agentShare)
    } catch {
      // Not root, or this kernel has the other kind: the next, or none.
      await remove()
      continue
    }
    return {
      // One that has ended meanwhile needs no place.
      take: (pid) => write('cgroup.procs', String(pid)).catch(() => undefined),
      give,
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
