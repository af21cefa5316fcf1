import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** A process of a task: in a session of its own, with its output in the task's hands. */
export interface Child {
  readonly pid: number
  /** Exit code; 128 and the signal's number where one ended it, as shells say it. */
  readonly exited: Promise<number>
  /** Nobody holds its output open any more. */
  readonly drained: Promise<void>
  /** Takes no more of its output. */
  close(): void
}

export interface ChildOptions {
  readonly cwd: string
  /** In place of this process's own. */
  readonly env?: Readonly<Record<string, string>>
  readonly onOut: (piece: Uint8Array) => void
  readonly onErr: (piece: Uint8Array) => void
}

/** Starts a process; rejects when its program cannot be started. */
export function startChild(argv: readonly [string, ...string[]], options: ChildOptions): Promise<Child> {
  const [file, ...args] = argv
  const { cwd, env, onOut, onErr } = options
  const child = spawn(file, args, { cwd, ...(env && { env }), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', onOut)
  child.stderr.on('data', onErr)
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
  const drained = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () =>
      resolve({
        ...{ pid: child.pid ?? 0, exited, drained },
        close() {
          child.stdout.destroy()
          child.stderr.destroy()
        },
      }),
    )
  })
}
