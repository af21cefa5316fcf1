/** A value as one word of POSIX shell. */
export const shellQuote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`

/** Names inside an attempt's folder. */
export const FILES = {
  wrapper: 'wrapper.sh',
  launch: 'launch.sh',
  workspace: 'work',
  stdout: 'stdout',
  stderr: 'stderr',
  /** Who carries this attempt: `pids WRAPPER START SINK SINK .` */
  pids: 'pids',
  /** Who ended the script, by whoever came first: `exit CODE .`, `cancel .` or `timeout .` */
  end: 'end',
  /** Written last: `exit CODE KEPT DROPPED KEPT DROPPED .` for both streams. */
  exit: 'exit',
} as const

/** The folder whose making decides who runs an attempt. */
export const CLAIM = 'claim'

/**
 * Runs launch.sh once, holding each stream in a bounded spool: sh wrapper.sh RUN-FOLDER ATTEMPT-FOLDER CAP [GROUP].
 * The claim comes first, so of two starts one ends at once. A record in a file ends in a dot; without it, it is not whole.
 *
 * Both ends of each pipe are opened before anything uses them (read-write first, which never waits): a script that is
 * killed on its way would else leave a sink waiting for a writer for ever.
 * dd's `count` counts reads, not bytes: a short line takes up as much of it as a full block. So each round asks for
 * no more blocks than surely fit, with smaller blocks as the cap comes near, and what is beyond is only counted.
 */
export const WRAPPER = `#!/bin/sh
umask 077
run=$1 attempt=$2 cap=$3 group=$4
mkdir "$run/${CLAIM}" 2>/dev/null || exit 0
cd "$attempt" || exit 1

finish() {
  echo "exit $* ." >exit.new && mv exit.new ${FILES.exit}
}
[ -e ${FILES.end} ] && finish 137 0 0 0 0 && exit 0

[ -n "$group" ] && echo $$ 2>/dev/null >"$group/cgroup.procs"
echo 0 2>/dev/null >/proc/self/oom_score_adj
start=0
if read -r stat 2>/dev/null <"/proc/$$/stat"; then
  set -- \${stat##*) }
  start=\${20}
fi

sink() {
  kept=0 over=0 status=0
  while left=$((cap - kept)); [ "$left" -gt 0 ]; do
    if [ "$left" -ge 1048576 ]; then bs=65536; elif [ "$left" -ge 65536 ]; then bs=512; else bs=1; fi
    count=$((left / bs))
    report=$({ LC_ALL=C dd bs=$bs count=$count >>"$1"; } 2>&1) || status=1
    reads=\${report%% records in*} reads=\${reads##*[!0-9+]}
    bytes=\${report##*records out} bytes=\${bytes%% byte*} bytes=\${bytes##*[!0-9]}
    kept=$((kept + \${bytes:-0}))
    [ "$status" = 0 ] && [ $((\${reads:-0+0})) -ge "$count" ] || break
  done
  { [ "$status" = 0 ] && [ "$kept" -lt "$cap" ]; } || over=$(wc -c)
  echo "$kept $((over)) ." >"$1.sum"
}

mkfifo out.pipe err.pipe || exit 1
exec 5<>out.pipe 3<out.pipe 4>out.pipe
exec 5<>err.pipe 6<err.pipe 7>err.pipe 5>&-
: >${FILES.stdout}
: >${FILES.stderr}
(exec <&3 3<&- 4>&- 6<&- 7>&- && sink ${FILES.stdout}) &
out=$!
(exec <&6 3<&- 4>&- 6<&- 7>&- && sink ${FILES.stderr}) &
err=$!
exec 3<&- 6<&-
echo "pids $$ $start $out $err ." >${FILES.pids}

(. ./${FILES.launch}) </dev/null >&4 2>&7 4>&- 7>&-
code=$?
exec 4>&- 7>&-
set -C
{ echo "exit $code ." >${FILES.end}; } 2>/dev/null
set +C
wait $out $err
read -r outkept outover dot <${FILES.stdout}.sum
read -r errkept errover dot <${FILES.stderr}.sum
finish $code $outkept $outover $errkept $errover
`

/** The end of the wrapper's work: what it exports, where it goes and what it becomes. */
export function launchText(spec: {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}): string {
  const exports = Object.entries(spec.env).map(([name, value]) => `export ${name}=${shellQuote(value)}`)
  return [
    'umask 022',
    // A service manager leaves these to whatever it starts.
    'unset INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID MEMORY_PRESSURE_WATCH MEMORY_PRESSURE_WRITE OLDPWD',
    ...exports,
    `cd -- ${shellQuote(spec.cwd)} || exit 1`,
    `exec ${spec.argv.map(shellQuote).join(' ')}`,
    '',
  ].join('\n')
}

/** Why a process cannot be written down as shell text, or undefined when it can. */
export function launchProblem(spec: {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}): string | undefined {
  const name = Object.keys(spec.env).find((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
  if (name !== undefined) return `${JSON.stringify(name)} cannot be the name of a variable`
  const values = [...spec.argv, spec.cwd, ...Object.values(spec.env)]
  return values.some((value) => value.includes('\0')) ? 'a value contains a NUL character' : undefined
}
