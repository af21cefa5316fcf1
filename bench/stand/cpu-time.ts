import { readdir, readFile } from 'node:fs/promises'

/** Processor time of all threads of a process so far, in milliseconds. */
export async function cpuMsOf(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`)
  const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')))
  return times.reduce((sum, time) => sum + Number(time.split(' ')[0]), 0) / 1e6
}
