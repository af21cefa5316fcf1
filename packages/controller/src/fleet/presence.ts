import type { Arrival, Presence } from '#hub/index.ts'
import type { FleetDeps } from './deps.ts'
import { acceptKey, admitArrivals, confirmGenerations } from './identity/admit.ts'
import { tellIdentity } from './identity/tell.ts'
import { cleanFacts, cleanTrouble, isAgentVersion, isPlatformType } from './node.ts'
import { clearConnected, type HelloFacts, updateContacts, updateFacts, updateTroubles } from './store.ts'

const MAX_ACTIONS = 200

type PresenceDeps = Pick<FleetDeps, 'db' | 'audit' | 'home' | 'ids'>

/** Keeps what the hub learns of nodes' links, in the hub's transactions. */
export const createPresence = ({ db: { dialect }, ...deps }: PresenceDeps): Presence => ({
  async arrived(tx, arrivals) {
    const admissions = await admitArrivals(tx, { dialect, tell: tellIdentity(deps) }, arrivals)
    const admitted = arrivals.filter((_, index) => admissions[index]?.standing === 'good')
    await updateFacts(
      tx,
      dialect,
      admitted.map(toFacts).filter((facts) => facts !== undefined),
    )
    await updateContacts(tx, dialect, admitted, true)
    return admissions
  },
  kept: (tx, kept) => confirmGenerations(tx, dialect, kept),
  offered: (tx, offer) => acceptKey(tx, dialect, offer),
  troubled: (tx, troubles) =>
    updateTroubles(
      tx,
      dialect,
      troubles.map(({ nodeKey, trouble }) => ({ nodeKey, trouble: cleanTrouble(trouble) })),
    ),
  departed: (tx, contacts) => updateContacts(tx, dialect, contacts, false),
  heard: (tx, contacts) => updateContacts(tx, dialect, contacts),
  reset: (tx, nodeKeys) => clearConnected(tx, dialect, nodeKeys),
})

/** Nothing when the hello does not say what every hello says: the node then keeps the facts that it has. */
function toFacts({ nodeKey, hello }: Arrival): HelloFacts | undefined {
  const { host, agentVersion, linkVersion, actions, policyMode } = hello
  const { platformType } = host
  if (!isPlatformType(platformType) || !isAgentVersion(agentVersion)) return undefined
  return {
    key: nodeKey,
    host: cleanFacts({ ...host, platformType }, ''),
    agentVersion,
    linkVersion,
    actions: actions.slice(0, MAX_ACTIONS),
    policyMode,
  }
}
