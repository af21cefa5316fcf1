import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Keeps standard output off the terminal. */
  readonly quiet?: boolean
}

/** Runs a tool of node_modules with the pinned Node first in PATH; answers its exit status. */
export function runTool(
  tool: string,
  args: readonly string[],
  { env = {}, quiet = false }: RunOptions = {},
): Promise<number> {
  const child = spawn(join(bin, tool), args, {
    cwd: root,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...env },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** Is there such a program in PATH? Answers its first line for `args`, or undefined. */
export async function probe(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    child.stdout.on('data', (part: Buffer) => (text += part.toString()))
    child.stderr.on('data', (part: Buffer) => (text += part.toString()))
    child.on('error', () => resolve(undefined))
    child.on('exit', (code) => resolve(code === 0 ? (text.trim().split('\n')[0] ?? '') : undefined))
  })
}
