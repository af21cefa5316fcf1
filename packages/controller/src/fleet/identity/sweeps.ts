import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { FleetDeps } from '#fleet/deps.ts'
import type { Sweep } from '#kit/sweep.ts'
import { findRotationsDue } from './keys.ts'
import { findAllQuarantined, findQuarantined } from './store.ts'

export interface IdentitySweepDeps {
  readonly db: Pick<Database, 'read' | 'dialect'>
  readonly hub: Pick<FleetDeps['hub'], 'find' | 'heldKeys' | 'cut'>
  readonly clock: Clock
  /** Age at which a node gets a new key; never when undefined. */
  readonly rotateKeysMs: number | undefined
}

const QUARANTINE_MS = 10_000
const ROTATION_MS = 60_000
// A fleet that was enrolled in one day gets its new keys over hours, not at once.
const ROTATIONS_A_SWEEP = 100

/** Finds again what the news of a quarantine, a release or a rotation may not have reached, here or elsewhere. */
export function identitySweeps({ db, hub, clock, rotateKeysMs }: IdentitySweepDeps): readonly Sweep[] {
  let after = 0
  return [
    {
      name: 'fleet: quarantines',
      every: QUARANTINE_MS,
      async run() {
        for (const nodeKey of await findAllQuarantined(db.read)) if (hub.find(nodeKey)) hub.cut(nodeKey, 'quarantined')
        const held = hub.heldKeys()
        const still = await findQuarantined(db.read, db.dialect, held)
        for (const nodeKey of held) if (!still.has(nodeKey)) hub.cut(nodeKey, 'released')
      },
    },
    {
      name: 'fleet: keys to change',
      every: ROTATION_MS,
      async run() {
        const before = rotateKeysMs === undefined ? Number.MIN_SAFE_INTEGER : clock.now() - rotateKeysMs
        const due = await findRotationsDue(db.read, before, { after, limit: ROTATIONS_A_SWEEP })
        after = due.length < ROTATIONS_A_SWEEP ? 0 : (due.at(-1) ?? 0)
        for (const nodeKey of due) hub.find(nodeKey)?.send({ kind: 'rotateKey', rotateKey: {} })
      },
    },
  ]
}
