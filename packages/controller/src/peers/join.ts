import { systemClock } from '@muster/protocol/kit'
import { type Database, openBus } from '#db/index.ts'
import { SealBroken } from '#kit/cipher.ts'
import type { Log } from '#kit/logging.ts'
import type { Sealer } from '#kit/seal.ts'
import { ensureMarker } from '#objects/index.ts'
import type { Pair } from '#pki/index.ts'
import { agree, hasLivePeers, joinPeers, type Peers } from './peers.ts'

/** What the configuration says about other controllers. */
export interface JoinOptions {
  /** Where other controllers reach this one; absent for the only controller. */
  readonly peerUrl: string | undefined
  readonly databaseUrl: string | undefined
  /** The folder of objects, when it was named. */
  readonly objects: string | undefined
  readonly allowPlainHttp: boolean
  readonly controllerId: string
}

export interface JoinDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly log: Log
  readonly onUsurped: () => void
}

/** The configuration does not fit that of the controllers that serve this store. */
export class PeersRefused extends Error {
  override readonly name = 'PeersRefused'
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

/** Joins the controllers of this store; undefined when this is to be the only one. */
export async function joinStore(deps: JoinDeps, options: JoinOptions): Promise<Peers | undefined> {
  const { db, sealer, log } = deps
  const { peerUrl, databaseUrl = '', objects, controllerId } = options
  if (peerUrl === undefined) {
    if (db.dialect.name === 'postgres' && (await hasLivePeers(db)))
      throw new PeersRefused(
        'other controllers serve this database: give --peer-url and --objects, or stop them (a killed one counts for 15 s)',
      )
    return undefined
  }
  if (db.dialect.name !== 'postgres')
    throw new PeersRefused('--peer-url: several controllers need PostgreSQL; give --database postgres://…')
  const { protocol, hostname, origin } = new URL(peerUrl)
  if (protocol === 'http:' && !LOOPBACK.test(hostname) && !options.allowPlainHttp)
    throw new PeersRefused(`--peer-url ${peerUrl} is http:// on another address than loopback: use https://`)
  if (objects === undefined)
    throw new PeersRefused(
      '--peer-url: several controllers need one folder of objects; name the shared folder by --objects',
    )
  await checkObjects(db, objects)
  const self = { id: controllerId, url: origin }
  return joinPeers({
    ...{ db, sealer, self, clock: systemClock, onUsurped: deps.onUsurped },
    bus: await openBus(databaseUrl),
    log: log.child('muster.peers'),
  })
}

/** A folder that only this controller sees has another marker than the one that the first controller found. */
async function checkObjects(db: Database, folder: string): Promise<void> {
  const marker = await ensureMarker(folder)
  const common = Buffer.from(await agree(db, 'objects', Buffer.from(marker))).toString()
  if (common !== marker)
    throw new PeersRefused(`--objects ${folder} is not the folder that the other controllers of this database use`)
}

/** The authority that all controllers have in common, since hosts pin it: the first one's. */
export const shareAuthority =
  ({ db, sealer }: Pick<JoinDeps, 'db' | 'sealer'>) =>
  async (own: Pair): Promise<Pair> => {
    const place = 'peer_shared:authority'
    const common = await agree(db, 'authority', sealer.seal(Buffer.from(JSON.stringify(own)), place))
    try {
      return JSON.parse(Buffer.from(sealer.open(common, place)).toString()) as Pair
    } catch (cause) {
      if (!(cause instanceof SealBroken)) throw cause
      throw new PeersRefused('The master key is not the one that the other controllers have.', { cause })
    }
  }
