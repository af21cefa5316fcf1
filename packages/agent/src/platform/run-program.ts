/** How a program ended; the newest part of what it printed. */
export interface ProgramEnd {
  /** 127 where there is no such program, 128 and the signal's number where one ended it. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface ProgramOptions {
  readonly cwd: string
  /** Beside this process's own. */
  readonly env?: Readonly<Record<string, string>>
  /** Told what it prints while it prints it. */
  readonly onOut?: (piece: Uint8Array) => void
  readonly onErr?: (piece: Uint8Array) => void
}

const KEPT_CHARS = 64 * 1024
const NOT_FOUND = 127
const BY_SIGNAL = 128

/** Runs a program to its end, with nothing on its standard input. It goes with this process's session. */
export async function runProgram(
  [file = '', ...args]: readonly string[],
  { cwd, env = {}, onOut, onErr }: ProgramOptions,
): Promise<ProgramEnd> {
  // Loaded when first needed: an agent that only waits stays small.
  const { execa } = await import('execa')
  const running = execa(file, args, { cwd, env, stdin: 'ignore', reject: false, buffer: false })
  const kept = { stdout: '', stderr: '' }
  const follow = (stream: 'stdout' | 'stderr', tell: ((piece: Uint8Array) => void) | undefined) =>
    running[stream]?.on('data', (piece: Buffer) => {
      kept[stream] = (kept[stream] + piece.toString('utf8')).slice(-KEPT_CHARS)
      tell?.(piece)
    })
  follow('stdout', onOut)
  follow('stderr', onErr)
  const { exitCode, signal, failed, code, originalMessage } = await running
  if (exitCode !== undefined) return { code: exitCode, ...kept }
  if (signal !== undefined) return { code: BY_SIGNAL, ...kept, stderr: `${kept.stderr}ended by ${signal}` }
  return { code: failed && code === 'ENOENT' ? NOT_FOUND : 1, ...kept, stderr: originalMessage ?? '' }
}
