import { cutChars, replaceInvalid } from '@muster/protocol/kit'
import { verifyNewKey } from '@muster/protocol/link'
import type { Dialect, Tx } from '#db/index.ts'
import type { Admission, Arrival, GenerationKeptBy, KeyOffer } from '#hub/index.ts'
import { judgeLogin } from './judge.ts'
import { keepNextKey, promoteNextKey } from './keys.ts'
import {
  findMachines,
  type IdentityRow,
  insertMachines,
  type KnownMachine,
  lockIdentities,
  startQuarantine,
  updateCurrentMachines,
  updateMachines,
} from './store.ts'

export interface AdmitDeps {
  readonly dialect: Dialect
  /** Hears what changes a node's identity, in the transaction that changes it. */
  readonly tell: (tx: Tx, event: IdentityEvent) => Promise<void>
}

/** Something happened to an identity by a login: it was put into quarantine, or its next key took over. */
export interface IdentityEvent {
  readonly operation: 'Quarantine' | 'ChangeKey'
  readonly arrival: Pick<Arrival, 'nodeKey' | 'source' | 'at'>
  readonly why?: string
}

const REFUSED: Admission = { standing: 'superseded', machine: 0, generation: 0, dropUnstarted: false, cause: undefined }

/** Decides which machines log in as these nodes, and writes it: one arrival a node. */
export async function admitArrivals(
  tx: Tx,
  { dialect, tell }: AdmitDeps,
  arrivals: readonly Arrival[],
): Promise<Admission[]> {
  const nodeKeys = arrivals.map(({ nodeKey }) => nodeKey)
  const identities = await lockIdentities(tx, dialect, nodeKeys)
  const machines = await findMachines(tx, dialect, nodeKeys)
  const inserted: KnownMachine[] = []
  const updated: KnownMachine[] = []
  const current: KnownMachine[] = []
  const admissions: Admission[] = []
  for (const arrival of arrivals) {
    const identity = identities.get(arrival.nodeKey)
    if (!identity) {
      admissions.push(REFUSED)
      continue
    }
    const verdict = judgeLogin(machines.get(arrival.nodeKey) ?? [], identity.quarantined, arrival)
    const { standing, cause } = verdict
    const machine = verdict.machine && describeMachine(verdict.machine, arrival)
    admissions.push({
      standing,
      machine: machine?.number ?? 0,
      generation: machine?.pendingGeneration ?? 0,
      dropUnstarted: machine?.dropUnstarted ?? false,
      cause,
    })
    if (standing === 'superseded') continue
    if (machine) (verdict.isNew ? inserted : updated).push(machine)
    if (cause) {
      await startQuarantine(tx, identity.key, cause, arrival.at)
      await tell(tx, { operation: 'Quarantine', arrival, why: cause })
    }
    if (standing !== 'good') continue
    if (machine && machine.number !== identity.currentMachine) current.push(machine)
    if (await promote(tx, identity, arrival)) await tell(tx, { operation: 'ChangeKey', arrival })
  }
  await insertMachines(tx, dialect, inserted)
  await updateMachines(tx, dialect, updated)
  await updateCurrentMachines(tx, dialect, current)
  return admissions
}

const shown = (text: string): string => cutChars(replaceInvalid(text), 255)

const describeMachine = (machine: Omit<KnownMachine, keyof Described>, arrival: Arrival): KnownMachine => ({
  ...machine,
  nodeKey: arrival.nodeKey,
  computerName: shown(arrival.hello.host.computerName),
  ipAddress: shown(arrival.hello.host.ipAddress),
  source: arrival.source,
  bootId: shown(arrival.hello.bootId),
  lastLoginAt: Math.floor(arrival.at),
})

type Described = Pick<KnownMachine, 'nodeKey' | 'computerName' | 'ipAddress' | 'source' | 'bootId' | 'lastLoginAt'>

/** The first login with a new key ends the one before. */
async function promote(tx: Tx, { key, publicKey, nextPublicKey }: IdentityRow, arrival: Arrival): Promise<boolean> {
  if (!nextPublicKey || Buffer.compare(nextPublicKey, arrival.publicKey) !== 0) return false
  await promoteNextKey(tx, key, { before: publicKey, now: nextPublicKey }, Math.floor(arrival.at))
  return true
}

/** What machines have on their disks from now on; news of an offer that was replaced meanwhile changes nothing. */
export async function confirmGenerations(tx: Tx, dialect: Dialect, kept: readonly GenerationKeptBy[]): Promise<void> {
  const machines = await findMachines(tx, dialect, [...new Set(kept.map(({ nodeKey }) => nodeKey))])
  const confirmed = new Map<string, KnownMachine>()
  for (const { nodeKey, machine, generation } of kept) {
    const found = machines.get(nodeKey)?.find(({ number }) => number === machine)
    if (!found || found.pendingGeneration !== generation) continue
    confirmed.set(`${nodeKey}/${machine}`, {
      ...found,
      generation,
      pendingGeneration: undefined,
      dropUnstarted: false,
    })
  }
  await updateMachines(tx, dialect, [...confirmed.values()])
}

/** Lets a node in with the key that it made, when the one in use asks for it; false when it does not. */
export async function acceptKey(tx: Tx, dialect: Dialect, { nodeKey, newKey }: KeyOffer): Promise<boolean> {
  const identity = (await lockIdentities(tx, dialect, [nodeKey])).get(nodeKey)
  if (!identity || identity.quarantined || !verifyNewKey(identity.id, identity.publicKey, newKey)) return false
  await keepNextKey(tx, nodeKey, newKey.publicKey)
  return true
}
