import { createHash } from 'node:crypto'
import type { EnrolmentDeps } from './deps.ts'

const MACHINES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' }
const PLACEHOLDER = /@@([A-Z0-9_]+)@@/g

/** Enrolment cannot be offered with what the controller was given. */
export class EnrolmentUnusable extends Error {
  override readonly name = 'EnrolmentUnusable'
}

/** The script that enrols Linux hosts with one activation; the same values give the same bytes. */
export function renderScript(enrolment: EnrolmentDeps, activationId: string): string {
  const { objects, caPem = '', unit, machine = MACHINES[process.arch] ?? process.arch } = enrolment
  const values: Readonly<Record<string, string>> = {
    ACTIVATION_ID: word(activationId),
    CONTROLLERS: origins(enrolment).join(' '),
    VERSION: word(objects.bundle.version),
    MACHINE: word(machine),
    RUNTIME_SHA256: word(objects.runtime.sha256),
    BUNDLE_SHA256: word(objects.bundle.sha256),
    CA_PEM: lines(caPem),
    UNIT: lines(unit),
  }
  return enrolment.script.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole)
}

/** Addresses of the controller in the one form that has no path and no character that a shell would read. */
export function origins({ publicUrls }: Pick<EnrolmentDeps, 'publicUrls'>): readonly string[] {
  return publicUrls.map((url) => {
    const { origin, protocol } = new URL(url)
    if ((protocol !== 'https:' && protocol !== 'http:') || !/^[a-z0-9:/.[\]_-]+$/i.test(origin))
      throw new EnrolmentUnusable(`${url} is not an address that a host can use.`)
    return origin
  })
}

/**
 * The line to paste into a root shell. The script may come from anybody (`-k`), since its hash stands in the line; the
 * code goes to it by standard input from a built-in command, so no other process sees it.
 */
export function enrolmentLine(enrolment: EnrolmentDeps, activationId: string, code: string): string {
  const [controller] = origins(enrolment)
  if (controller === undefined) throw new EnrolmentUnusable('The controller has no public URL.')
  const sha256 = createHash('sha256').update(renderScript(enrolment, activationId)).digest('hex')
  return `(${[
    'set -eu',
    `u='${controller}${scriptPath(activationId)}'`,
    'f=$(mktemp)',
    `trap 'rm -f "$f"' EXIT`,
    'if command -v curl >/dev/null; then curl -gfsSk -o "$f" "$u"; else wget -q --no-check-certificate -O "$f" "$u"; fi',
    `[ "$(sha256sum <"$f")" = '${sha256}  -' ] || { echo 'muster: this is not the script that the line was made for; nothing was run. Make a new line.' >&2; exit 1; }`,
    `printf '%s\\n' '${word(code)}' | sh "$f"`,
  ].join('; ')})`
}

export const scriptPath = (activationId: string): string => `/agent/enrol/${activationId}.sh`

/** What stands between single quotes in the script must not end them. */
function word(text: string): string {
  if (!/^[A-Za-z0-9._+-]+$/.test(text)) throw new EnrolmentUnusable(`${JSON.stringify(text)} cannot stand in a script.`)
  return text
}

/** What stands in a here-document must not end it. */
function lines(text: string): string {
  if (/^MUSTER_/m.test(text)) throw new EnrolmentUnusable('A line that begins with MUSTER_ would end its block.')
  return text.trimEnd()
}
