import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A value as one word of POSIX shell. */
export const shellQuote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`

/** How a process is started apart from this one, with nothing of its environment. */
export interface SpawnerOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** A small shell that starts processes for this one: a fork of it costs a tenth of one of ours. It ends with this process. */
export interface Spawner {
  /** False once it cannot be asked any more. */
  readonly isThere: boolean
  /** Starts a process. */
  launch(argv: readonly string[]): void
  /** Starts one that waits for a word on its standard input; one at a time. */
  hold(argv: readonly string[]): void
  /** Says the word to it; when it is gone, one is started with the word as its last argument. */
  say(word: string): void
  /** Lets it end without a word; resolves when it has, and this shell too. */
  end(): Promise<void>
}

// A caught signal is the default again in what is started; an ignored one would stay ignored.
const SCRIPT = `
command -v setsid >/dev/null || exit 1
exec 8<<END
END
[ -p /proc/self/fd/8 ] || exit 1
exec 8<&-
trap : PIPE
echo ready
held= pid=
while read -r what rest; do
  # Takes note of those that have ended.
  jobs >/dev/null
  case $what in
    launch)
      eval "set -- $rest"
      setsid "$@" </dev/null >/dev/null 2>&1 9>&- & ;;
    hold)
      held=$rest
      eval "set -- $rest"
      exec 8<<END
END
      exec 9>/proc/self/fd/8
      setsid "$@" <&8 8<&- >/dev/null 2>&1 9>&- &
      pid=$!
      exec 8<&- ;;
    say)
      { echo "$rest" >&9; } 2>/dev/null || {
        eval "set -- $held"
        setsid "$@" "$rest" </dev/null >/dev/null 2>&1 9>&- &
      }
      exec 9>&- ;;
  esac
done
exec 9>&-
[ -z "$pid" ] || wait $pid
`

/** Starts one; undefined where it cannot do its work. */
export async function startSpawner({ cwd, env }: SpawnerOptions): Promise<Spawner | undefined> {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'muster-spawner'], {
    ...{ cwd, env: { ...env }, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
  })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) return undefined
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  let isThere = true
  const gone = () => {
    isThere = false
  }
  void ended.then(gone)
  stdin.on('error', gone)
  child.on('error', gone)
  const ready = once(createInterface({ input: stdout }), 'line').then(() => true)
  if (!(await Promise.race([ready, ended.then(() => false)]))) return undefined
  letGo(child)
  const tell = (what: string, argv: readonly string[]) => void stdin.write(`${[what, ...argv].join(' ')}\n`)
  return {
    get isThere() {
      return isThere
    },
    launch: (argv) => tell('launch', argv.map(shellQuote)),
    hold: (argv) => tell('hold', argv.map(shellQuote)),
    say: (word) => tell('say', [word]),
    async end() {
      child.ref()
      stdin.end()
      await ended
    },
  }
}

/** Nothing of it keeps this process alive. */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout])
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
}
