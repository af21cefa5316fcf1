import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** One of Muster's programs as a real process. */
export interface Program {
  readonly pid: number
  /** Exit status, or 128 + 9 and the like for signals; never rejects. */
  readonly exited: Promise<number>
  /** Everything on standard error so far, by lines; the newest 5,000. */
  readonly log: readonly string[]
  kill(signal: NodeJS.Signals): void
  /** The first line on standard output. */
  readonly firstLine: Promise<string>
}

interface ProgramOptions {
  readonly script: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** A program that becomes this one, with its arguments. */
  readonly within?: readonly string[]
}

const LOG_LINES = 5000
// A third of a start is reading TypeScript; it is the same for every program that the tests start.
const COMPILE_CACHE = fileURLToPath(new URL('../../build/compile-cache', import.meta.url))

/** Starts a program on the Node that runs the tests. */
export function startProgram({ script, args, env = {}, input, within = [] }: ProgramOptions): Program {
  const [file = '', ...rest] = [...within, process.execPath, script, ...args]
  const child = spawn(file, rest, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  })
  if (input !== undefined) child.stdin?.end(input)
  const log: string[] = []
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => void (log.push(line) > LOG_LINES && log.shift()))
  const exited = exitOf(child)
  const firstLine = new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).on('line', resolve)
    void exited.then((status) => reject(new Error(`${script} ended with ${status}:\n${log.slice(-30).join('\n')}`)))
  })
  firstLine.catch(() => undefined)
  return { pid: child.pid ?? 0, exited, log, firstLine, kill: (signal) => void child.kill(signal) }
}

/** Nothing of the caller's configuration reaches the programs under test. */
function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !/^(MUSTER_|AWS_|VITEST|NODE_OPTIONS)/.test(name))
  return Object.fromEntries(entries) as Record<string, string>
}

const SIGNALS: Readonly<Record<string, number>> = { SIGTERM: 15, SIGKILL: 9, SIGINT: 2, SIGABRT: 6 }

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code, signal) => resolve(code ?? 128 + (SIGNALS[signal ?? ''] ?? 1)))
  })
