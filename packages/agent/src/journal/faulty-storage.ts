import type { Storage, StorageFile } from './storage.ts'

/** Thrown by every call after the power went off. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut'
}

interface Content {
  durable: Uint8Array
  seen: Uint8Array
  /** Writes since the last sync, in order. */
  unsynced: { readonly offset: number; readonly bytes: Uint8Array }[]
}

type Change = (names: Map<string, Content>) => void

/** A disk in memory whose power can be cut: what was not synced is then lost, kept or torn at 512 bytes, by a seed. */
export interface FaultyStorage extends Storage {
  /** Cuts the power when this many further writes and syncs have begun. */
  cutAfter(operations: number): void
  /** Switches the power on again: what a machine finds after the cut. */
  restart(): void
  /** Only the process died: what it wrote is seen, though not yet on the disk. */
  revive(): void
  /** Makes calls of one kind fail from now on, or no longer. */
  fail(kind: 'write' | 'sync' | 'create', code: string | undefined): void
  /** Changes stored bytes behind the journal's back. */
  corrupt(name: string, offset: number, bytes: Uint8Array): void
  readonly operations: number
}

const SECTOR = 512

/** Makes such a disk; `random` decides what survives a cut. */
export function createFaultyStorage(random: () => number): FaultyStorage {
  let names = new Map<string, Content>()
  let durableNames = new Map<string, Content>()
  let changes: Change[] = []
  let budget = Number.POSITIVE_INFINITY
  let operations = 0
  let off = false
  const failing = new Map<string, string>()

  const step = (kind?: 'write' | 'sync' | 'create') => {
    if (off) throw new PowerCut('the power is off')
    const code = kind && failing.get(kind)
    if (code) throw Object.assign(new Error(`${kind} failed`), { code })
    operations += 1
    budget -= 1
    if (budget < 0) {
      off = true
      throw new PowerCut('the power is off')
    }
  }
  const change = (apply: Change) => {
    apply(names)
    changes.push(apply)
  }
  const find = (name: string): Content => {
    const content = names.get(name)
    if (content === undefined) throw Object.assign(new Error(`no file ${name}`), { code: 'ENOENT' })
    return content
  }
  const fileOf = (content: Content): StorageFile => ({
    async write(offset, bytes) {
      // A write that is under way when the power goes may reach the disk in part.
      if (!off) content.unsynced.push({ offset, bytes: bytes.slice() })
      step('write')
      content.seen = writeInto(content.seen, offset, bytes)
    },
    async sync() {
      step('sync')
      content.durable = content.seen.slice()
      content.unsynced = []
    },
    async close() {},
  })

  return {
    get operations() {
      return operations
    },
    async list() {
      step()
      return [...names.keys()]
    },
    async read(name) {
      step()
      return find(name).seen.slice()
    },
    async create(name) {
      step('create')
      const content: Content = { durable: new Uint8Array(0), seen: new Uint8Array(0), unsynced: [] }
      change((all) => all.set(name, content))
      return fileOf(content)
    },
    async open(name) {
      step()
      return fileOf(find(name))
    },
    async rename(from, to) {
      step()
      const content = find(from)
      change((all) => {
        all.delete(from)
        all.set(to, content)
      })
    },
    async remove(name) {
      step()
      find(name)
      change((all) => all.delete(name))
    },
    async syncFolder() {
      step('sync')
      durableNames = new Map(names)
      changes = []
    },
    cutAfter(count) {
      budget = count
    },
    restart() {
      off = false
      budget = Number.POSITIVE_INFINITY
      // Nothing orders folder changes among each other before they are synced.
      for (const apply of changes) if (random() < 0.5) apply(durableNames)
      for (const content of new Set(durableNames.values())) {
        for (const write of content.unsynced) content.durable = tear(content.durable, write, random)
        content.seen = content.durable.slice()
        content.unsynced = []
      }
      names = new Map(durableNames)
      changes = []
    },
    revive() {
      off = false
      budget = Number.POSITIVE_INFINITY
      for (const content of names.values())
        for (const { offset, bytes } of content.unsynced) content.seen = writeInto(content.seen, offset, bytes)
    },
    fail(kind, code) {
      if (code === undefined) failing.delete(kind)
      else failing.set(kind, code)
    },
    corrupt(name, offset, bytes) {
      const content = find(name)
      content.seen = writeInto(content.seen, offset, bytes)
      content.durable = writeInto(content.durable, offset, bytes)
    },
  }
}

function writeInto(target: Uint8Array, offset: number, bytes: Uint8Array): Uint8Array {
  const needed = offset + bytes.length
  const result = needed > target.length ? new Uint8Array(needed) : target
  if (result !== target) result.set(target)
  result.set(bytes, offset)
  return result
}

/** Of one write, each 512-byte sector arrives or not. */
function tear(target: Uint8Array, write: { offset: number; bytes: Uint8Array }, random: () => number): Uint8Array {
  const style = random()
  if (style < 0.3) return target
  if (style < 0.6) return writeInto(target, write.offset, write.bytes)
  let result = target
  for (let at = 0; at < write.bytes.length; ) {
    const room = SECTOR - ((write.offset + at) % SECTOR)
    if (random() < 0.5) result = writeInto(result, write.offset + at, write.bytes.subarray(at, at + room))
    at += room
  }
  return result
}
