import { writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import type { Program } from '../../rig/program.ts'

const FIRST = -10

/**
 * What counts is what is accepted during the faults; scripts may take their time, and make it up afterwards. The kernel
 * shares out time by sessions first, and each script is one: so this one goes first, with what it starts from here on.
 */
export async function goFirst(): Promise<AsyncDisposable> {
  await say(FIRST)
  return { [Symbol.asyncDispose]: () => say(0) }
}

/** An agent goes behind those who send and answer. */
export const goLast = ({ pid }: Program): void => prefer(pid, 0)

async function say(priority: number): Promise<void> {
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
