import type { Database, Reader } from '#db/index.ts'
import type { Sealer } from '#kit/seal.ts'
import { type FrozenCommand, findCommandKeys, findFrozen } from './store.ts'

/** Frozen parts of commands that are under way, read once while they are in use. */
export interface FrozenCommands {
  add(command: FrozenCommand): void
  /** What is in memory by public id. */
  peek(id: string): FrozenCommand | undefined
  find(db: Reader, key: number): Promise<FrozenCommand | undefined>
  /** The same by public id, for many; ids that name no command are left out. */
  findByIds(db: Reader, ids: Iterable<string>): Promise<ReadonlyMap<string, FrozenCommand>>
}

const MAX_BYTES = 16 * 1024 * 1024
const OVERHEAD = 512

/** A cache bounded by bytes; a command's frozen parts never change, so nothing is ever stale. */
export function createFrozenCommands(deps: {
  readonly dialect: Database['dialect']
  readonly sealer: Sealer
}): FrozenCommands {
  const byId = new Map<string, FrozenCommand>()
  const idByKey = new Map<number, string>()
  let bytes = 0

  const forgetOldest = (): void => {
    for (const [id, command] of byId) {
      if (bytes <= MAX_BYTES || byId.size === 1) return
      byId.delete(id)
      idByKey.delete(command.key)
      bytes -= command.envelope.length + OVERHEAD
    }
  }

  const add = (command: FrozenCommand): void => {
    if (byId.has(command.id)) return
    byId.set(command.id, command)
    idByKey.set(command.key, command.id)
    bytes += command.envelope.length + OVERHEAD
    forgetOldest()
  }

  const use = (id: string): FrozenCommand | undefined => {
    const command = byId.get(id)
    if (command === undefined) return undefined
    // Last used stands last.
    byId.delete(id)
    byId.set(id, command)
    return command
  }

  return {
    add,
    peek: use,
    async find(db, key) {
      const id = idByKey.get(key)
      const cached = id === undefined ? undefined : use(id)
      if (cached !== undefined) return cached
      const [found] = await findFrozen(db, deps, [key])
      if (found !== undefined) add(found)
      return found
    },
    async findByIds(db, ids) {
      const found = new Map<string, FrozenCommand>()
      const missing: string[] = []
      for (const id of new Set(ids)) {
        const cached = use(id)
        if (cached === undefined) missing.push(id)
        else found.set(id, cached)
      }
      const keys = [...(await findCommandKeys(db, deps.dialect, missing)).values()]
      for (const command of keys.length > 0 ? await findFrozen(db, deps, keys) : []) {
        add(command)
        found.set(command.id, command)
      }
      return found
    },
  }
}
