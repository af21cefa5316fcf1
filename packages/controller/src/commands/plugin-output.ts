/** Characters that CommandPlugin.Output has at most. */
const CAPACITY = 2500
const ERROR_TITLE = '\n----------ERROR-------\n'
const OUTPUT_CUT = '\n---Output truncated---'
const ERROR_CUT = '\n---Error truncated----'

/** Both streams of a step in one short text, as ListCommandInvocations shows them. */
export function pluginOutput(stdout: string, stderr: string): string {
  const title = stderr === '' ? '' : ERROR_TITLE
  const whole = stdout + title + stderr
  const room = CAPACITY - title.length
  if (whole.length <= CAPACITY) return whole
  const half = Math.floor(room / 2)
  // The shorter stream is kept as a whole while it leaves the other half of the room.
  if (stderr.length <= half) return cut(stdout, room - stderr.length, OUTPUT_CUT) + title + stderr
  if (stdout.length <= half) return stdout + title + cut(stderr, room - stdout.length, ERROR_CUT)
  return cut(stdout, half, OUTPUT_CUT) + title + cut(stderr, room - half, ERROR_CUT)
}

function cut(text: string, units: number, mark: string): string {
  if (text.length <= units) return text
  const kept = text.slice(0, units - mark.length)
  // Never half of a character beyond the basic plane.
  return kept.replace(/[\uD800-\uDBFF]$/, '') + mark
}
