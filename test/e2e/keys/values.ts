import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@muster/protocol/kit'
import { initialiseAccess } from '../../../packages/controller/src/access/index.ts'
import { createAudit } from '../../../packages/controller/src/audit/index.ts'
import { openDatabase } from '../../../packages/controller/src/db/index.ts'
import { createKeys, DEFAULT_ALIAS, type Keys, openStoreKey } from '../../../packages/controller/src/keys/index.ts'
import { noFailpoint } from '../../../packages/controller/src/kit/failpoint.ts'
import { systemIds } from '../../../packages/controller/src/kit/ids.ts'
import { silentLog } from '../../../packages/controller/src/kit/logging.ts'
import { createMetrics } from '../../../packages/controller/src/kit/metrics.ts'
import { createSealer } from '../../../packages/controller/src/kit/seal.ts'
import { createTags } from '../../../packages/controller/src/tags/index.ts'

type Sealed = Awaited<ReturnType<Keys['seal']>>

/** Values that were sealed in a controller's store, as another slice would keep them. */
export interface SealedValues {
  /** Opens all of them with what the store holds now. */
  open(): Promise<string[]>
  /** How many of them which version of the key wraps. */
  byVersion(): Promise<Readonly<Record<number, number>>>
}

/** Works on the store of a controller that does not run just now. */
async function withKeys<T>(
  data: string,
  work: (keys: Keys, db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
) {
  await using db = await openDatabase(`sqlite:${join(data, 'muster.db')}`, {
    onFatal(error) {
      throw error
    },
  })
  const sealer = createSealer(await openStoreKey(db, await readFile(join(data, 'master.key'))))
  const deps = { db, sealer, ids: systemIds, clock: systemClock }
  const home = { ...(await initialiseAccess(deps)), region: 'us-east-1' }
  const tags = createTags({ home })
  const log = silentLog
  const audit = createAudit({ ...deps, log, metrics: createMetrics(), controllerId: 'test' })
  // Awaited here: the store is open until then.
  return await work(createKeys({ ...deps, home, tags, audit, log, failpoint: noFailpoint }), db)
}

/** Seals values with the default key; the controller must not run. */
export const sealValues = (data: string, values: readonly string[]): Promise<SealedValues> =>
  withKeys(data, async (keys, db) => {
    const key = await keys.find(db.read, DEFAULT_ALIAS)
    if (!key) throw new Error('the store has no default key')
    const items = await db.write(async (tx) => {
      const sealed: { sealed: Sealed; place: string }[] = []
      for (const [index, value] of values.entries()) {
        const place = `value:${index}`
        sealed.push({ sealed: await keys.seal(tx, key, place, Buffer.from(value)), place })
      }
      return sealed
    })
    const open = () =>
      withKeys(data, async (wired, store) =>
        (await wired.openMany(store.read, items)).map((it) => Buffer.from(it).toString()),
      )
    const byVersion = () =>
      withKeys(data, async (_keys, store) => {
        const tables = store.read.withTables<{ keys_data_key: { key_version: number } }>()
        const rows = await tables.selectFrom('keys_data_key').select('key_version').execute()
        const versions = new Set(rows.map(({ key_version }) => key_version))
        return Object.fromEntries(
          [...versions].map((version) => [version, rows.filter((row) => row.key_version === version).length]),
        )
      })
    return { open, byVersion }
  })
