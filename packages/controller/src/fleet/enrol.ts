import { randomBytes, timingSafeEqual } from 'node:crypto'
import { nodeCaller } from '#access/index.ts'
import type { Route, RouteAnswer, RouteRequest } from '#api/index.ts'
import type { Reader, Tx } from '#db/index.ts'
import { nodeArn } from '#kit/identity.ts'
import { createLeakyBuckets } from '#kit/leaky-buckets.ts'
import { type Activation, isUsable } from './activation.ts'
import { findActivation, takeRegistration } from './activation-store.ts'
import type { FleetDeps } from './deps.ts'
import { type EnrolRequest, parseEnrolRequest } from './enrol-request.ts'
import type { FleetNews } from './news.ts'
import { cleanFacts, type FleetNode } from './node.ts'
import { findNode, insertNode } from './store.ts'

const MAX_BODY_BYTES = 16 * 1024
const FAILURES = { burst: 10, leakMs: 6_000, maxKeys: 10_000 }
const REFUSED = 'The activation id or code is not valid, has expired, or has no registration left.'
const NODE_ID_DIGITS = 17

type EnrolDeps = Pick<FleetDeps, 'db' | 'home' | 'clock' | 'ids' | 'sealer' | 'tags' | 'audit' | 'log'>

/** Keyed hash under which an activation's code is kept. */
export const codeMac = ({ sealer }: Pick<EnrolDeps, 'sealer'>, id: string, code: string): Uint8Array =>
  sealer.mac('fleet-activation-code', id, code)

/**
 * `POST /agent/enrol`: from activation id and code to a node. All refusals of a well-formed request have the same
 * text after the same work, and what failed too often must wait.
 */
export function enrolRoute(deps: EnrolDeps, news: Pick<Required<FleetNews>, 'changed'>): Route {
  const { clock } = deps
  const bySource = createLeakyBuckets(FAILURES)
  const byActivation = createLeakyBuckets(FAILURES)
  const nobody = new Uint8Array(randomBytes(32))

  async function handle({ body, source }: RouteRequest): Promise<RouteAnswer> {
    const at = clock.now()
    const waitMs = bySource.waitMs(source, at)
    if (waitMs > 0) return throttled(waitMs)
    const parsed = parseEnrolRequest(body)
    if (!parsed.ok) {
      bySource.add(source, at)
      return json(400, { reason: parsed.reason, message: parsed.text })
    }
    const { request } = parsed
    const idWaitMs = byActivation.waitMs(request.activationId, at)
    if (idWaitMs > 0) return throttled(idWaitMs)

    const activation = await findActivation(deps.db.read, request.activationId)
    const right = timingSafeEqual(codeMac(deps, request.activationId, request.code), activation?.codeMac ?? nobody)
    const place = await findPlace(deps, deps.db.read, request)
    const open = activation !== undefined && at < activation.expiresAt
    const node =
      right && open && (place.node || isUsable(activation, at))
        ? await deps.db.write((tx) => enrolIn(tx, deps, request, source, at))
        : undefined
    if (node) {
      news.changed(node.id)
      return json(200, toAnswer(deps, node))
    }

    bySource.add(source, at)
    byActivation.add(request.activationId, at)
    deps.log.warn({ source, activationId: request.activationId }, 'enrolment refused')
    return json(403, { reason: 'refused', message: REFUSED })
  }
  return { method: 'POST', path: '/agent/enrol', maxBodyBytes: MAX_BODY_BYTES, handle }
}

async function enrolIn(
  tx: Tx,
  deps: EnrolDeps,
  request: EnrolRequest,
  source: string,
  at: number,
): Promise<FleetNode | undefined> {
  const activation = await findActivation(tx, request.activationId)
  if (!activation) return undefined
  const { id, node } = await findPlace(deps, tx, request)
  // The answer to an earlier attempt was lost: the same key gets the same node, and no registration is used up.
  if (node) return node
  if (!(await takeRegistration(tx, activation.id, at))) return undefined
  await insertNode(tx, {
    id,
    activationId: activation.id,
    roleId: activation.roleId,
    roleName: activation.roleName,
    name: activation.defaultName,
    publicKey: request.publicKey,
    registeredAt: at,
    host: cleanFacts(request.host, source),
    agentVersion: request.agentVersion,
  })
  await deps.tags.put(tx, 'ManagedInstance', id, activation.tags)
  await audit(tx, deps, activation, id, source, at)
  return findNode(tx, id)
}

/**
 * The id that this key gets with this activation, and its node when there is one. Derived, so that a repeated request
 * finds it without a search; a deregistered node's id is never used again.
 */
async function findPlace(
  { sealer }: EnrolDeps,
  db: Reader,
  { activationId, publicKey }: EnrolRequest,
): Promise<{ readonly id: string; readonly node: FleetNode | undefined }> {
  for (let turn = 0; ; turn++) {
    const mac = sealer.mac('fleet-node-id', activationId, publicKey, String(turn))
    const id = `mi-${Buffer.from(mac).toString('hex').slice(0, NODE_ID_DIGITS)}`
    const node = await findNode(db, id)
    if (!node) return { id, node: undefined }
    const own = node.activationId === activationId && Buffer.compare(node.publicKey, publicKey) === 0
    if (own && node.deregisteredAt === undefined) return { id, node }
  }
}

async function audit(
  tx: Tx,
  { audit, home, ids }: EnrolDeps,
  { roleId, roleName }: Activation,
  nodeId: string,
  source: string,
  at: number,
): Promise<void> {
  await audit.write(tx, {
    at,
    requestId: ids.uuid(),
    caller: nodeCaller(home, { nodeId, roleId, roleName }, source),
    operation: 'Enrol',
    action: 'muster:Enrol',
    resources: [nodeArn(home, nodeId)],
    decision: 'Allowed',
    result: 'OK',
  })
}

const toAnswer = ({ home, clock }: EnrolDeps, { id, roleName }: FleetNode) => ({
  nodeId: id,
  accountId: home.accountId,
  region: home.region,
  role: roleName,
  controllerTime: clock.now(),
})

const json = (status: number, value: object, headers: Record<string, string> = {}): RouteAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})

function throttled(waitMs: number): RouteAnswer {
  const seconds = Math.ceil(waitMs / 1000)
  const message = `Too many failed enrolments: try again in ${seconds} s.`
  return json(429, { reason: 'throttled', message }, { 'retry-after': String(seconds) })
}
