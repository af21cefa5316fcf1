import { shellQuote } from '#platform/index.ts'

/** What becomes of an attempt's process. */
export interface LaunchSpec {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** A file of further variables, as this shell reads them. */
  readonly variablesFile?: string
  /** Variables that get the value of another one, which is not passed on. */
  readonly renamed?: Readonly<Record<string, string>>
}

/** The program that carries an attempt on a kind of host; all of them take the same arguments and write the same records. */
export interface Wrapper {
  readonly file: string
  readonly text: string
  /** Runs `file`, which comes next. */
  readonly program: readonly [string, ...string[]]
  readonly launchFile: string
  launchText(spec: LaunchSpec): string
}

/** Names inside an attempt's folder. */
export const FILES = {
  workspace: 'work',
  stdout: 'stdout',
  stderr: 'stderr',
  /** Who carries this attempt: `pids WRAPPER START SINK SINK JOINED .`; JOINED is 0 when its control groups do not hold it. */
  pids: 'pids',
  /** Who ended the script, by whoever came first: `exit CODE .`, `cancel .` or `timeout .` */
  end: 'end',
  /** Written last: `exit CODE KEPT DROPPED KEPT DROPPED OOM-KILLS .` for both streams. */
  exit: 'exit',
  /** Written when both streams are masked to their end: `masked KEPT DROPPED KEPT DROPPED .` */
  masked: 'masked',
} as const

/** Names inside an attempt's run folder, which is in memory: there only where a script is given secrets. */
export const HIDDEN = {
  /** The values, as JSON, for whoever masks them. While it is there, the script's output is spooled beside it. */
  values: 'secrets.json',
  /** The same as variables, for the shell that starts the script. */
  variables: 'secrets.sh',
} as const

/** The file whose making decides who runs an attempt. */
export const CLAIM = 'claim'

/** Marks the processes of an attempt: its token, in the environment of its script. */
export const TOKEN_VARIABLE = 'MUSTER_ATTEMPT'

/** The word on standard input that a wrapper waits for, unless it is its last argument. */
export const GO = 'go'

/**
 * Runs launch.sh once, holding each stream in a bounded spool: sh wrapper.sh RUN-FOLDER ATTEMPT-FOLDER CAP GROUPS [go].
 * It makes everything ready, waits for `go`, and takes the claim: until then nothing has happened, so of two starts one
 * ends at once, and one whose agent dies before `go` ends unused; each leaves alone what the other writes.
 * A record in a file ends in a dot; without it, it is not whole. Those of the end have their space from the beginning and
 * are written over it: a disk that fills up meanwhile takes none of them.
 *
 * Processes are what a run costs, so nothing is started that the shell can do: an empty here-document is a pipe whose
 * other end /proc opens; where that is not so, mkfifo makes one. Only the script is in the control groups: what is
 * limited there must not stop those who count its output.
 * dd's `count` counts reads, not bytes: a short line takes up as much of it as a full block. So each round asks for
 * no more blocks than surely fit, with smaller blocks as the cap comes near, and what is beyond is only counted.
 * What a script prints that was given secrets is spooled in the run folder: it must not reach a disk as it is.
 */
export const WRAPPER = `#!/bin/sh
umask 077
blank='${' '.repeat(250)}'
run=$1 attempt=$2 cap=$3 groups=$4 go=$5
cd "$attempt" || exit 1
spool=
[ -e "$run/${HIDDEN.values}" ] && spool=$run/
{ echo 0 >/proc/self/oom_score_adj; } 2>/dev/null
start=0
if { read -r stat </proc/$$/stat; } 2>/dev/null; then
  set -- \${stat##*) }
  start=\${20}
fi

sink() {
  kept=0 over=0 status=0
  while left=$((cap - kept)); [ "$left" -gt 0 ]; do
    if [ "$left" -ge 1048576 ]; then bs=65536; elif [ "$left" -ge 65536 ]; then bs=512; else bs=1; fi
    count=$((left / bs)) reads=0 bytes=
    echo "$blank" 1<>"$1.$$"
    LC_ALL=C dd bs=$bs count=$count >>"$1" 2<>"$1.$$" || status=1
    while read -r number what rest; do
      case "$what $rest" in
        'records in') reads=$(($number)) ;;
        byte*) bytes=$number ;;
      esac
    done <"$1.$$"
    # Not every dd tells bytes.
    [ -n "$bytes" ] || bytes=$(($(wc -c <"$1") - kept))
    kept=$((kept + bytes))
    [ "$status" = 0 ] && [ "$reads" -ge "$count" ] || break
  done
  { [ "$status" = 0 ] && [ "$kept" -lt "$cap" ]; } || over=$(wc -c)
  echo "$kept $((over)) ." 1<>"$1.$$"
}

{ exec 3<<END; } 2>/dev/null
END
{ exec 6<<END; } 2>/dev/null
END
if [ -p /proc/self/fd/3 ] && [ -p /proc/self/fd/6 ]; then
  exec 4>/proc/self/fd/3 7>/proc/self/fd/6
else
  mkfifo out.pipe err.pipe || exit 1
  # Opened read-write first, which never waits: nobody else opens the other end.
  exec 5<>out.pipe 3<out.pipe 4>out.pipe
  exec 5<>err.pipe 6<err.pipe 7>err.pipe 5>&-
fi
# Whatever is in them is of a start that has the claim.
: >>"\${spool}${FILES.stdout}"
: >>"\${spool}${FILES.stderr}"
echo "$blank" >"\${spool}${FILES.stdout}.$$"
echo "$blank" >"\${spool}${FILES.stderr}.$$"
echo "$blank" >>${FILES.exit}
(exec <&3 3<&- 4>&- 6<&- 7>&- && sink "\${spool}${FILES.stdout}") &
out=$!
(exec <&6 3<&- 4>&- 6<&- 7>&- && sink "\${spool}${FILES.stderr}") &
err=$!
exec 3<&- 6<&-

(
  joined=1
  for group in $groups; do { echo 0 >"$group/cgroup.procs"; } 2>/dev/null || joined=0; done
  [ -n "$go" ] || read -r go || exit 0
  set -C
  { : ; } 2>/dev/null >"$run/${CLAIM}" || exit 0
  set +C
  echo "pids $$ $start $out $err $joined ." >${FILES.pids}
  [ -e ${FILES.end} ] && exit 137
  . ./launch.sh </dev/null
) >&4 2>&7 4>&- 7>&-
code=$?
exec 4>&- 7>&-
carrier=
[ -e ${FILES.pids} ] && read -r word carrier rest <${FILES.pids}
[ "$carrier" = $$ ] || { wait; exit 0; }
set -C
{ echo "exit $code ." >${FILES.end}; } 2>/dev/null
set +C
wait $out $err
oom=0
if [ -z "$groups" ] && [ -r /proc/self/cgroup ]; then
  # In a service of its own the kernel counts for the service.
  while IFS=: read -r id names path; do
    case $path in */muster-"\${attempt##*/}".service) groups="$groups /sys/fs/cgroup$path" ;; esac
  done </proc/self/cgroup
fi
for group in $groups; do
  for file in memory.events memory.oom_control; do
    [ -r "$group/$file" ] || continue
    while read -r name value; do [ "$name" = oom_kill ] && oom=$((oom + value)); done <"$group/$file"
  done
done
read -r outkept outover dot <"\${spool}${FILES.stdout}.$$"
read -r errkept errover dot <"\${spool}${FILES.stderr}.$$"
echo "exit $code $outkept $outover $errkept $errover $oom ." 1<>${FILES.exit}
`

/** The end of the wrapper's work: what it exports, where it goes and what it becomes. */
export function launchText(spec: LaunchSpec): string {
  return [
    'umask 022',
    // A service manager leaves these to whatever it starts.
    'unset INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID MEMORY_PRESSURE_WATCH MEMORY_PRESSURE_WRITE OLDPWD',
    variablesText(spec.env),
    ...(spec.variablesFile === undefined ? [] : [`. ${shellQuote(spec.variablesFile)}`]),
    ...Object.entries(spec.renamed ?? {}).map(([name, from]) => `export ${name}="\${${from}?}"`),
    ...Object.values(spec.renamed ?? {}).map((from) => `unset ${from}`),
    `cd -- ${shellQuote(spec.cwd)} || exit 1`,
    `exec ${spec.argv.map(shellQuote).join(' ')}`,
    '',
  ].join('\n')
}

/** Variables as a shell reads them. */
export const variablesText = (env: LaunchSpec['env']): string =>
  Object.entries(env)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`)
    .join('\n')

/** Why a process cannot be written down as shell text, or undefined when it can. */
export function launchProblem(spec: LaunchSpec, secrets: LaunchSpec['env'] = {}): string | undefined {
  const env = { ...spec.env, ...secrets }
  const name = Object.keys(env).find((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
  if (name !== undefined) return `${JSON.stringify(name)} cannot be the name of a variable`
  const values = [...spec.argv, spec.cwd, ...Object.values(env)]
  return values.some((value) => value.includes('\0')) ? 'a value contains a NUL character' : undefined
}

/** The wrapper of attempts on Linux and macOS. */
export const shellWrapper: Wrapper = {
  file: 'wrapper.sh',
  text: WRAPPER,
  program: ['/bin/sh'],
  launchFile: 'launch.sh',
  launchText,
}
