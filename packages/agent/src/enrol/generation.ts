import { createHash } from 'node:crypto'
import type { Storage } from '#journal/index.ts'
import { IdentityError } from './identity.ts'

/** The number that this machine says at its logins: a copy of its disk falls behind, and is found out by it. */
export interface Generations {
  /** What is on disk; waits for what is being written. */
  current(): Promise<number>
  /** On disk when it resolves. */
  keep(generation: number): Promise<void>
}

interface Slot {
  readonly name: string
  readonly generation: number
}

const SLOTS = ['slot-0', 'slot-1'] as const
// Below a sector, and always the same length, so that an overwrite never leaves a rest of the one before.
const LINE_BYTES = 128

/**
 * Opens the two slots: a new generation goes into the one that does not hold the current one, so that a crash leaves the
 * current or the new one whole. Rejects with `IdentityError` when there are slots and none of them can be read.
 */
export async function openGenerations(storage: Storage): Promise<Generations> {
  let slot: Slot | undefined = await readSynced(storage)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const known = async (): Promise<Slot> => (slot ??= await readSynced(storage))
  return {
    current: () => inTurn(async () => (await known()).generation),
    keep: (generation) =>
      inTurn(async () => {
        const before = await known()
        if (before.generation === generation) return
        // After a failure nobody knows which of the two is on disk, until both are read again.
        slot = undefined
        slot = await writeSlot(storage, SLOTS.find((name) => name !== before.name) ?? SLOTS[0], generation)
      }),
  }
}

/** For a disk that cannot be written: what can be read there. Nothing is kept while that is so. */
export async function readGenerations(storage: Storage): Promise<Generations> {
  const { generation } = await readSlots(storage)
  return { current: async () => generation, keep: () => new Promise(() => {}) }
}

async function readSynced(storage: Storage): Promise<Slot> {
  const newest = await readSlots(storage)
  // What a killed process wrote may be seen and still not be on the disk; a login must never say what a power cut takes back.
  if (newest.name !== '') await syncSlot(storage, newest.name)
  return newest
}

async function readSlots(storage: Storage): Promise<Slot> {
  const names = await storage.list()
  const there = SLOTS.filter((name) => names.includes(name))
  let newest: Slot = { name: '', generation: 0 }
  for (const name of there) {
    const generation = await readSlot(storage, name)
    if (generation !== undefined && generation >= newest.generation) newest = { name, generation }
  }
  // A crash at the very first write leaves one slot that says nothing; two such are a damage.
  if (newest.name === '' && there.length === SLOTS.length)
    throw new IdentityError(
      'Both slots of the generation of this identity are damaged. Restore the data folder, or register this host again with --force.',
    )
  return newest
}

async function readSlot(storage: Storage, name: string): Promise<number | undefined> {
  const text = Buffer.from(await storage.read(name)).toString('latin1')
  const generation = Number(text.split(' ', 1)[0])
  return text === lineOf(generation) ? generation : undefined
}

async function syncSlot(storage: Storage, name: string): Promise<void> {
  const file = await storage.open(name)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await storage.syncFolder()
}

async function writeSlot(storage: Storage, name: string, generation: number): Promise<Slot> {
  const isNew = !(await storage.list()).includes(name)
  const file = isNew ? await storage.create(name) : await storage.open(name)
  try {
    await file.write(0, Buffer.from(lineOf(generation), 'latin1'))
    await file.sync()
  } finally {
    await file.close()
  }
  await storage.syncFolder()
  return { name, generation }
}

function lineOf(generation: number): string {
  const digest = createHash('sha256').update(`muster-generation-v1 ${generation}`).digest('hex')
  const text = `${generation} ${digest}`
  return `${text.padEnd(LINE_BYTES - 1)}\n`
}
