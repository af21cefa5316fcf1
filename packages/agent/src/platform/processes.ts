import { readdir, readFile } from 'node:fs/promises'

/** A process as /proc shows it. The start time tells it from a later one with the same number. */
export interface ProcessInfo {
  readonly pid: number
  readonly parent: number
  readonly session: number
  /** Clock ticks since the host started. */
  readonly startTime: number
}

/** The process, or undefined when there is none or only its exit status is left. */
export async function findProcess(pid: number): Promise<ProcessInfo | undefined> {
  const text = await readProc(pid, 'stat')
  // The name in brackets may hold blanks and brackets itself.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return { pid, parent: Number(fields[1]), session: Number(fields[3]), startTime: Number(fields[19]) }
}

/** Every process there is now. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  const names = await readdir('/proc')
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => findProcess(Number(name))))
  return found.filter((info) => info !== undefined)
}

/** Whether a process was started with this text in its environment or arguments. */
export async function mentions(pid: number, text: string): Promise<boolean> {
  const [environment, argv] = await Promise.all([readProc(pid, 'environ'), readProc(pid, 'cmdline')])
  return (environment?.includes(text) ?? false) || (argv?.includes(text) ?? false)
}

/** Sends a signal; a process that is gone is fine. */
export function signal(pid: number, name: 'SIGTERM' | 'SIGKILL' | 'SIGCONT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone in the meantime, which is what the signal was for.
  }
}

async function readProc(pid: number, name: string): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}
