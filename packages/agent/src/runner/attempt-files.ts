import { join } from 'node:path'
import { findProcess, listProcesses, mentions, readIfThere, sizeOf } from '#platform/index.ts'
import type { EndedBy, SpoolSizes } from './execution.ts'
import { FILES } from './wrapper.ts'

/** What the wrapper wrote about who carries the attempt. */
export interface Carriers {
  readonly wrapper: number
  readonly startTime: number
  readonly sinks: readonly number[]
  /** Whether the script is in its control groups. */
  readonly joined: boolean
}

/** The wrapper and its sinks; undefined until they are written down whole. */
export async function readCarriers(folder: string): Promise<Carriers | undefined> {
  const numbers = readRecord(await readIfThere(join(folder, FILES.pids)), 'pids')
  const [wrapper, startTime, ...rest] = numbers ?? []
  if (wrapper === undefined || startTime === undefined) return undefined
  return { wrapper, startTime, sinks: rest.slice(0, -1), joined: rest.at(-1) === 1 }
}

/** Whether a wrapper is alive: by number and start time, or before it has written those, by its arguments. */
export async function isCarried(token: string, carriers: Carriers | undefined): Promise<boolean> {
  if (carriers) return (await findProcess(carriers.wrapper))?.startTime === carriers.startTime
  for (const { pid } of await listProcesses()) if (pid !== process.pid && (await mentions(pid, token))) return true
  return false
}

/** The last thing the wrapper writes; `spools` is where it spooled, which is the attempt's folder unless that is said. */
export async function readExit(
  folder: string,
  spools = folder,
): Promise<{ code: number; stdout: SpoolSizes; stderr: SpoolSizes; oomKills: number } | undefined> {
  const numbers = readRecord(await readIfThere(join(folder, FILES.exit)), 'exit')
  const [code, outKept, outDropped, errKept, errDropped, oomKills = 0] = numbers ?? []
  if (
    code === undefined ||
    outKept === undefined ||
    outDropped === undefined ||
    errKept === undefined ||
    errDropped === undefined
  )
    return undefined
  const masked = await readMasked(folder)
  if (masked) return { code, oomKills, stdout: masked[0], stderr: masked[1] }
  // After a power cut a spool may be shorter than what was written to it.
  const [stdout, stderr] = await spoolSizes(spools)
  return {
    code,
    oomKills,
    stdout: shrink({ kept: outKept, dropped: outDropped }, stdout.kept),
    stderr: shrink({ kept: errKept, dropped: errDropped }, stderr.kept),
  }
}

/** Who ended the script, as the first of them wrote it down. */
export async function readEnd(folder: string): Promise<{ by: EndedBy; code: number | undefined } | undefined> {
  const file = await readIfThere(join(folder, FILES.end))
  if (file === undefined) return undefined
  const [word, code] = file.trim().split(' ')
  if (word === 'cancel' || word === 'timeout') return { by: word, code: undefined }
  // A wrapper that died while writing had the script's status, but it is lost.
  return { by: 'exit', code: file.endsWith(' .\n') ? Number(code) : undefined }
}

/** What came of both streams when they were masked to their end. */
export async function readMasked(folder: string): Promise<[SpoolSizes, SpoolSizes] | undefined> {
  const numbers = readRecord(await readIfThere(join(folder, FILES.masked)), 'masked')
  const [outKept, outDropped, errKept, errDropped] = numbers ?? []
  if (outKept === undefined || outDropped === undefined || errKept === undefined || errDropped === undefined)
    return undefined
  return [
    { kept: outKept, dropped: outDropped },
    { kept: errKept, dropped: errDropped },
  ]
}

/** What lies in the spools of a folder now. */
export async function spoolSizes(folder: string): Promise<[SpoolSizes, SpoolSizes]> {
  const masked = await readMasked(folder)
  if (masked) return masked
  const [stdout, stderr] = await Promise.all([sizeOf(join(folder, FILES.stdout)), sizeOf(join(folder, FILES.stderr))])
  return [
    { kept: stdout ?? 0, dropped: 0 },
    { kept: stderr ?? 0, dropped: 0 },
  ]
}

function shrink({ kept, dropped }: SpoolSizes, present: number): SpoolSizes {
  return present >= kept ? { kept, dropped } : { kept: present, dropped: dropped + kept - present }
}

function readRecord(text: string | undefined, word: string): number[] | undefined {
  const parts = text?.trim().split(' ') ?? []
  if (parts[0] !== word || parts.at(-1) !== '.') return undefined
  const numbers = parts.slice(1, -1).map(Number)
  return numbers.every(Number.isSafeInteger) ? numbers : undefined
}
