import { type ChildProcess, spawn } from 'node:child_process'

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

interface ShellOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/** Runs a program to its end; never rejects for an exit status. */
export function run(argv: readonly string[], { input, env, timeoutMs = 120_000 }: ShellOptions = {}): Promise<Ran> {
  const [file = '', ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      timeout: timeoutMs,
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => out.push(part))
    child.stderr.on('data', (part: Buffer) => err.push(part))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ status: code ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** The same, failing the test with everything that the program said. */
export async function must(argv: readonly string[], options?: ShellOptions): Promise<string> {
  const { status, stdout, stderr } = await run(argv, options)
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

export const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode)
    else child.on('exit', (code) => resolve(code ?? 1))
  })
