import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { cpuMsOf } from './cpu-time.ts'

/** A program that connects and then has nothing to do. */
export interface IdleProcess extends AsyncDisposable {
  /** From the start of the process to its line "link is up". */
  readonly startMs: number
  /** All that is resident, and the part of it that no file backs. */
  memory(): Promise<{ readonly rssMB: number; readonly anonymousMB: number }>
  /** Processor time of all threads so far. */
  cpuMs(): Promise<number>
}

/** Starts a bundle on this Node; resolves when it says that its link is up. */
export async function startIdle(script: string, args: readonly string[]): Promise<IdleProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  await isUp(child, script)
  const startMs = performance.now() - started
  const pid = child.pid ?? 0
  return {
    startMs,
    memory: async () => readMemory(await readFile(`/proc/${pid}/status`, 'utf8')),
    cpuMs: () => cpuMsOf(pid),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

function isUp(child: ChildProcess, script: string): Promise<void> {
  const lines: string[] = []
  return new Promise((resolve, reject) => {
    if (!child.stderr) return reject(new Error(`${script} has no standard error`))
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (lines.push(line) > 50) lines.shift()
      if (line.includes('link is up')) resolve()
    })
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${lines.join('\n')}`)))
  })
}

function readMemory(status: string): { rssMB: number; anonymousMB: number } {
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { rssMB: of('VmRSS'), anonymousMB: of('RssAnon') }
}
