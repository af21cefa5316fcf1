import { join } from 'node:path'
import { ConfigError } from '@muster/protocol/config'
import { type Clock, systemClock } from '@muster/protocol/kit'
import { createAccess, createSignIns, type Initialised, nodeCaller } from '#access/index.ts'
import { createApi } from '#api/index.ts'
import { createAudit, fileSink, parseSyslogPlace, syslogSink } from '#audit/index.ts'
import { type Commands, createCommands } from '#commands/index.ts'
import type { Database } from '#db/index.ts'
import { createDocuments } from '#documents/index.ts'
import { createFleet, type EnrolmentDeps, type Fleet } from '#fleet/index.ts'
import { createGroups } from '#groups/index.ts'
import { createHints } from '#hints/index.ts'
import { createHub, type HubService } from '#hub/index.ts'
import { createKeys } from '#keys/index.ts'
import { createFailpoint } from '#kit/failpoint.ts'
import type { Home } from '#kit/identity.ts'
import { type Ids, systemIds } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import { createLoopWatch } from '#kit/loop-watch.ts'
import { createMetrics } from '#kit/metrics.ts'
import type { Sealer } from '#kit/seal.ts'
import { type Sweep, startSweeps } from '#kit/sweep.ts'
import { createLink } from '#link/index.ts'
import { createBuckets, createObjects } from '#objects/index.ts'
import { createParameters } from '#parameters/index.ts'
import type { Peers } from '#peers/index.ts'
import type { Certificates } from '#pki/index.ts'
import { createPolicies } from '#policies/index.ts'
import { createQueries } from '#queries/index.ts'
import { createSettings, KEEP_COMMANDS_DAYS, KEEP_OUTPUT_GIB, PARAMETER_TIER } from '#settings/index.ts'
import { createTags } from '#tags/index.ts'
import type { ControllerConfig } from './config.ts'
import { createEdge, listen, reachable } from './edge.ts'

export interface ControllerParts {
  readonly db: Database
  readonly sealer: Sealer
  readonly log: Log
  readonly initialised: Initialised
  readonly controllerId: string
  /** The other controllers of the same store; absent where this is the only one. `db` is theirs too. */
  readonly peers?: Peers | undefined
  readonly certificates: Certificates | undefined
  /** Makes the certificate anew when it is about to end; asked once a day. */
  readonly renewCertificates: () => Promise<Certificates | undefined>
  /** What enrolling hosts download; absent when no bundle is there. */
  readonly agentFiles: Omit<EnrolmentDeps, 'publicUrls' | 'caPem'> | undefined
  readonly clock?: Clock
  readonly ids?: Ids
}

export interface Controller extends AsyncDisposable {
  readonly urls: readonly string[]
  readonly home: Home
  /** A bearer token of root for the administrator on this machine, good until the controller stops. */
  readonly localToken: string
}

const DAY_MS = 86_400_000
const GIB = 1024 ** 3

/** Wires the slices in rank order and opens the listeners; the only place where the controller's parts meet. */
export async function createController(config: ControllerConfig, parts: ControllerParts): Promise<Controller> {
  const {
    db,
    sealer,
    log,
    initialised,
    controllerId,
    peers,
    certificates,
    agentFiles,
    clock = systemClock,
    ids = systemIds,
  } = parts
  await using stack = new AsyncDisposableStack()
  const home: Home = { accountId: initialised.accountId, region: config.region }
  const metrics = createMetrics({ processFigures: true })
  const failpoint = createFailpoint(config.failpoints)
  const objectsFolder = peers ? (config.objects ?? '') : (config.objects ?? join(config.data, 'objects'))
  const sharer = peers ? { owner: controllerId } : {}
  const objects = createObjects({ folder: objectsFolder, ...sharer })
  const attachments = createObjects({ folder: join(objectsFolder, 'attachments'), ...sharer })
  const buckets = createBuckets(bucketPlace(config, controllerId), clock)
  const audit = createAudit({
    ...{ db, sealer, clock, ids, metrics, controllerId, failpoint },
    log: log.child('muster.audit'),
    ...auditPlaces(config),
  })
  const access = createAccess({ db, sealer, ids, clock, home })
  const signIns = createSignIns({ db, sealer, ids, clock, home, audit, mayHandOut: access.mayHandOut })
  const watch = stack.use(
    createLoopWatch({ clock, onStall: (stalledMs) => log.warn({ stalledMs }, 'the event loop stood still') }),
  )
  metrics.gauge('muster_loop_stalls', 'Times that the event loop stood still for a second or more.', watch.stalls)
  // A node is silent only while this process was able to hear it.
  const hubClock: Clock = { now: clock.now, monotonic: watch.steady }
  const hub = stack.use(
    createHub({
      ...{ db, clock: hubClock, home, controllerId, hasPeers: peers !== undefined },
      ...{ random: Math.random, log: log.child('muster.hub') },
    }),
  )
  const tags = createTags({ home })
  let urls: readonly string[] = []
  const edge = stack.use(createEdge(config, { metrics, log }))
  const publicUrls = (): readonly string[] => (config.publicUrl.length > 0 ? config.publicUrl : reachable(urls))
  const enrolment: EnrolmentDeps | undefined = agentFiles && {
    ...agentFiles,
    caPem: certificates?.caPem,
    get publicUrls() {
      return publicUrls()
    },
  }
  const fleet = createFleet({
    db,
    home,
    clock,
    ids,
    sealer,
    tags,
    access,
    audit,
    hub,
    log: log.child('muster.fleet'),
    enrolment,
    rotateKeysMs: config.rotateNodeKeysDays === 0 ? undefined : config.rotateNodeKeysDays * DAY_MS,
  })
  const settings = createSettings({
    ...{ db, home, access },
    configured: {
      [KEEP_COMMANDS_DAYS]: String(config.keepCommandsDays),
      [KEEP_OUTPUT_GIB]: String(config.keepOutputGib),
    },
  })
  const groups = createGroups({ home, sealer })
  const keys = createKeys({
    ...{ db, home, clock, ids, sealer, audit, tags, failpoint, log: log.child('muster.keys') },
  })
  const parameters = createParameters({
    ...{ db, home, clock, ids, sealer, tags, keys, audit, log: log.child('muster.parameters') },
    defaultTier: (reader) => settings.word(reader, PARAMETER_TIER),
    removed: (tx, arn) => policies.removeAll(tx, arn),
  })
  const policies = createPolicies({ home, ids, sealer, tierOf: parameters.tierOf })
  const documents = createDocuments({ db, home, clock, sealer, tags, attachments, buckets, publicUrls })
  const commands = stack.use(
    createCommands({
      db,
      clock,
      ids,
      home,
      sealer,
      hub,
      peers,
      audit,
      objects,
      buckets,
      documents,
      fleet,
      groups,
      parameters,
      log: log.child('muster.commands'),
      failpoint,
      keeping: async () => ({
        commandsMs: (await settings.number(KEEP_COMMANDS_DAYS)) * DAY_MS,
        outputBytes: (await settings.number(KEEP_OUTPUT_GIB)) * GIB,
      }),
    }),
  )
  const queries = createQueries({ db, fleet, commands })
  const hints = createHints({ ids, hub, fleet, commands })
  const link = createLink({
    hub,
    clock,
    ids,
    log: log.child('muster.link'),
    allowPlain: config.allowPlainHttp,
    isServing: () => peers?.isServing() ?? true,
    async findNode(nodeId) {
      const node = await fleet.findNodeForLogin(nodeId)
      if (!node) return undefined
      const publicKeys = node.nextPublicKey ? [node.publicKey, node.nextPublicKey] : [node.publicKey]
      return { key: node.key, publicKeys, deregistered: node.deregisteredAt !== undefined }
    },
  })
  stack.use(link)
  access.attachNodes(async (nodeId) => {
    const node = await fleet.find(db.read, nodeId)
    return node?.deregisteredAt === undefined && node?.quarantinedAt === undefined ? node : undefined
  })
  const operations = [
    audit,
    access,
    signIns,
    tags,
    fleet,
    groups,
    settings,
    keys,
    parameters,
    policies,
    documents,
    commands,
    hints,
    queries,
  ].flatMap((slice) => [...slice.operations])
  const api = stack.use(
    createApi({
      db,
      sealer,
      clock,
      access: { ...access, findBearer: (token) => (signIns.owns(token) ? signIns : access).findBearer(token) },
      audit: audit.calls,
      tagsOf: tags.ofArns,
      operations,
      metrics,
      ids,
      home,
      log: log.child('muster.api'),
      notReady: edge.problem,
      rates: { read: config.rateReads, write: config.rateWrites, send: config.rateSends, refused: config.rateRefused },
      regionAliases: config.regionAlias,
      routes: [...fleet.routes, ...documents.routes, ...link.routes, ...(peers?.routes ?? [])],
    }),
  )
  fleet.subscribe({ deregistered: (nodeKey) => commands.deregistered(nodeKey), givenUp: commands.givenUp })
  hub.attach({
    presence: fleet.presence,
    receivers: {
      ...commands.receivers,
      async call(nodeLink, operation, input) {
        const node = await fleet.findByKey(db.read, nodeLink.nodeKey)
        if (!node) throw new Error(`node ${nodeLink.nodeId} has a link and no row`)
        const { status, body } = await api.call(
          nodeCaller(home, { nodeId: node.id, roleId: node.roleId, roleName: node.roleName }, 'link'),
          operation,
          input,
        )
        return { status, body: Buffer.from(body) }
      },
    },
  })
  metrics.gauge('muster_logins_waiting', 'Logins of nodes that wait for their turn.', () => link.stats().waiting)
  const meeting = peers ? [...meetPeers(peers, { db, hub, fleet, commands, caPem: certificates?.caPem })] : []
  metrics.gauge('muster_links', 'Nodes with a link to this controller', () => hub.stats().links)
  await audit.compare()
  await hub.reset()
  await keys.ready()
  await parameters.ready()
  await api.ready()
  const listeners = stack.use(await listen(config, { certificates, api, link, edge }))
  urls = listeners.urls
  const renewal: Sweep = {
    name: 'pki.renew',
    every: '41 2 * * *',
    async run() {
      const renewed = await parts.renewCertificates()
      if (renewed) listeners.replaceTls(renewed)
    },
  }
  const sweeps = [
    renewal,
    ...meeting,
    ...collectSweeps(audit, access, signIns, hub, fleet, keys, api, parameters, documents, commands),
  ]
  const onFailure = (sweep: string, err: unknown): void => log.error({ sweep, err }, 'a sweep failed')
  stack.use(startSweeps(sweeps, { random: Math.random, onFailure }))
  const localToken = await db.write(async (tx) => {
    const purpose = `local administrator of ${controllerId}`
    // Left behind where this controller was killed.
    await access.revokeBearersFor(tx, purpose)
    return access.createBearer(tx, { principalId: home.accountId, purpose })
  })
  stack.defer(() => db.write((tx) => access.revokeBearer(tx, localToken)))
  const open = stack.move()
  return { urls, home, localToken, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

interface Meeting {
  readonly db: Database
  readonly hub: HubService
  readonly fleet: Fleet
  readonly commands: Commands
  readonly caPem: string | undefined
}

const CUT_MS = 60_000
const CUT_AT_ONCE = 1000

/** What this controller does for the others and because of them; each hint has a sweep that finds the same. */
function* meetPeers(peers: Peers, { db, hub, fleet, commands, caPem }: Meeting): Generator<Sweep> {
  const cut = async (nodeKeys: readonly number[]): Promise<void> => {
    for (const key of await fleet.deregistered(db.read, nodeKeys)) hub.cut(key, 'deregistered')
  }
  peers.attach({ answers: commands.answers, caPem, forgetAllBut: hub.forgetAllBut })
  peers.subscribe((serving) => serving || hub.closeAll('elsewhere'))
  peers.hints.on('work', commands.hinted.work)
  peers.hints.on('changed', commands.hinted.changed)
  peers.hints.on('cancel', commands.hinted.cancel)
  // Left to the sweep when the store fails.
  peers.hints.on('cut', (keys) => void cut(keys.filter(hub.isConnected)).catch(() => undefined))
  fleet.subscribe({ deregistered: (nodeKey) => peers.hints.send('cut', [nodeKey]) })
  yield* peers.sweeps
  yield {
    name: 'peers: nodes that were deregistered elsewhere',
    every: CUT_MS,
    async run() {
      const keys = [...hub.connectedKeys()]
      for (let from = 0; from < keys.length; from += CUT_AT_ONCE) await cut(keys.slice(from, from + CUT_AT_ONCE))
    },
  }
}

/** Where checkpoints of the audit trail go, and how long changes go on when they do not get there. */
function auditPlaces({ auditCheckpointFile: file, auditSyslog, auditMaxBehindMinutes: minutes }: ControllerConfig) {
  const syslog = auditSyslog === undefined ? undefined : parseSyslogPlace(auditSyslog)
  if (auditSyslog !== undefined && !syslog)
    throw new ConfigError([`--audit-syslog ${auditSyslog} is not udp://HOST:PORT, tcp://HOST:PORT or unix:PATH`])
  const sinks = [...(file === undefined ? [] : [fileSink(file)]), ...(syslog ? [syslogSink(syslog)] : [])]
  return { sinks, maxBehindMs: minutes === 0 ? undefined : minutes * 60_000 }
}

const bucketPlace = (config: ControllerConfig, owner: string): Parameters<typeof createBuckets>[0] => {
  const { s3Endpoint: endpoint, s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = config
  if (endpoint === undefined) return { folder: join(config.objects ?? config.data, 'buckets'), owner }
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new ConfigError(['--s3-endpoint needs MUSTER_S3_ACCESS_KEY_ID and MUSTER_S3_SECRET_ACCESS_KEY'])
  const region = config.s3Region ?? config.region
  return { s3: { endpoint, region, accessKeyId, secretAccessKey, virtualHosts: config.s3VirtualHosts } }
}

const collectSweeps = (...parts: readonly { readonly sweeps: readonly Sweep[] }[]): readonly Sweep[] =>
  parts.flatMap(({ sweeps }) => [...sweeps])
