import { createGroupCommit, type Tx } from '#db/index.ts'
import type { GenerationKeptBy, HubDeps, KeyOffer, Presence } from './deps.ts'

type Item = ({ readonly kind: 'kept' } & GenerationKeptBy) | ({ readonly kind: 'offered' } & KeyOffer)

/** Writes what nodes say of their own identity, many in one transaction. */
export interface IdentityGate extends AsyncDisposable {
  kept(kept: GenerationKeptBy): Promise<void>
  /** Whether the node may log in with its new key from now on. */
  offered(offer: KeyOffer): Promise<boolean>
}

export function createIdentityGate(deps: HubDeps, presence: () => Presence): IdentityGate {
  const group = createGroupCommit<Item, boolean>({
    db: deps.db,
    ...deps.commit,
    apply: (tx, items) => applyItems(tx, items, presence()),
    onParked({ kind, nodeKey }, err) {
      deps.log.error({ err, nodeKey, kind }, 'hub: news of an identity could not be written')
      return false
    },
  })
  return {
    kept: async (kept) => void (await group.submit({ kind: 'kept', ...kept })),
    offered: (offer) => group.submit({ kind: 'offered', ...offer }),
    [Symbol.asyncDispose]: () => group[Symbol.asyncDispose](),
  }
}

async function applyItems(tx: Tx, items: readonly Item[], presence: Presence): Promise<boolean[]> {
  await presence.kept(
    tx,
    items.filter((item) => item.kind === 'kept'),
  )
  const taken: boolean[] = []
  for (const item of items) taken.push(item.kind === 'kept' || (await presence.offered(tx, item)))
  return taken
}
