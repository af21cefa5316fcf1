import type { StepRecord } from '@muster/protocol/delivery'

/** Where a step's run lies: enough to find its files, its claim and its processes again. */
export interface AttemptPlace {
  readonly step: number
  /** How often the step has been entered, this time included. */
  readonly attempt: number
  /** Names the attempt's folders and marks its processes. */
  readonly token: string
}

/** The spools of a step that the controller may still want. */
export interface SpoolPlace extends AttemptPlace {
  readonly stdout: { readonly kept: number; readonly dropped: number; readonly whole: boolean }
  readonly stderr: { readonly kept: number; readonly dropped: number; readonly whole: boolean }
}

/** What the runner itself adds to the text views of a step's output. */
export interface StepNote {
  readonly stdoutEnd?: string
  readonly stderrStart?: string
  readonly stderrEnd?: string
  readonly stderrHidden?: boolean
}

interface OfInvocation {
  readonly invocationId: string
}

/** What the journal can say. `bytes` is a payload that is not JSON. */
export type Entry =
  | (OfInvocation & { kind: 'received'; commandId: string; deliverBy: number; expiresAt: number; bytes: Uint8Array })
  | (OfInvocation & AttemptPlace & { kind: 'starting'; bootId: string; at: number; uptimeMs: number })
  | (OfInvocation & AttemptPlace & { kind: 'started'; bootId: string; at: number })
  | (OfInvocation & { kind: 'reboot-requested'; step: number; attempt: number; bootId: string; uptimeMs: number })
  | (OfInvocation & {
      kind: 'finished'
      record: StepRecord
      token: string | undefined
      note: StepNote
      exited: boolean
    })
  | (OfInvocation & { kind: 'cancel-requested' })
  | (OfInvocation & { kind: 'result'; forgetAt: number; spools: readonly SpoolPlace[]; bytes: Uint8Array })
  | (OfInvocation & { kind: 'settled'; forgetAt: number; spools: readonly SpoolPlace[] })
  | (OfInvocation & { kind: 'forgotten' })
  | (OfInvocation & { kind: 'known'; forgetAt: number })
  | { kind: 'receipted'; upTo: number }
  | (OfInvocation & { kind: 'damaged' })
  | (OfInvocation & { kind: 'start-refused' })

export type EntryKind = Entry['kind']
export type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>

// A number on disk means the same for ever: add at the end only.
const KINDS: readonly EntryKind[] = [
  'received',
  'starting',
  'started',
  'reboot-requested',
  'finished',
  'cancel-requested',
  'result',
  'settled',
  'forgotten',
  'known',
  'receipted',
  'damaged',
  'start-refused',
]

/** Type number and body of an entry: length of the JSON part, JSON, payload. */
export function encodeEntry(entry: Entry): { type: number; body: Uint8Array } {
  const { kind, ...rest } = entry
  const payload = 'bytes' in rest ? rest.bytes : new Uint8Array(0)
  const json = Buffer.from(JSON.stringify({ ...rest, bytes: undefined }), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return { type: KINDS.indexOf(kind) + 1, body: Buffer.concat([length, json, payload]) }
}

/** The entry of a record; undefined for a type that this version does not know. */
export function decodeEntry(type: number, body: Uint8Array): Entry | undefined {
  const kind = KINDS[type - 1]
  if (kind === undefined) return undefined
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const end = 4 + bytes.readUInt32BE(0)
  const fields: object = JSON.parse(bytes.toString('utf8', 4, end))
  const payload = kind === 'received' || kind === 'result' ? { bytes: new Uint8Array(bytes.subarray(end)) } : {}
  // The checksum vouches that these are the bytes of encodeEntry.
  return { ...fields, ...payload, kind } as Entry
}

/** Ids come from the controller: anything odd is kept out of file names and the journal alike. */
export const isSafeId = (id: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(id)
