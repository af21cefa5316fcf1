import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of this project that `npm start` keeps. */
export interface Child {
  readonly process: ChildProcess
  /** Exit status; signals count as 1. Never rejects. */
  readonly exited: Promise<number>
  stop(): void
}

interface Spawn {
  readonly script: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Given on standard input, then closed. */
  readonly input?: string
  readonly onLine?: (line: string) => void
}

/** Starts one of this project's programs on the Node that runs this script; its log goes to our standard error. */
export function startChild({ script, args, env = {}, input, onLine }: Spawn): Child {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  if (input !== undefined) child.stdin?.end(input)
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => onLine?.(line))
  const exited = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
  return { process: child, exited, stop: () => void child.kill('SIGTERM') }
}
