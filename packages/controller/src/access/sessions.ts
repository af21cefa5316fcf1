import type { AccessKey, Principal } from '#api/index.ts'
import type { SessionFacts } from '#kit/identity.ts'
import { sessionArn } from './arns.ts'
import { createCache } from './cache.ts'
import type { AccessDeps } from './deps.ts'
import { findPrincipal } from './find-principal.ts'
import { heldAs } from './managed-policies.ts'
import { nodePrincipal, rootPrincipal } from './principals.ts'
import { findReadyMade } from './ready-made/index.ts'
import { openSession, type Session } from './session-token.ts'
import { findKey } from './store/credentials.ts'
import { findRole } from './store/roles.ts'

/** The node of an id with its role; undefined for one that is not registered or in quarantine. */
export type FindNode = (nodeId: string) => Promise<{ readonly roleId: string } | undefined>

/** Temporary credentials by key and token, as long as everything that they came from still stands. */
export interface Sessions {
  /** Found also when they ran out, so that their owner is told so. */
  find(keyId: string, token: string): Promise<AccessKey | undefined>
  /** Users, roles, keys or policies were changed here: what is remembered of them no longer holds. */
  forget(): void
}

const CACHE = { keptMs: 5_000, absentMs: 2_000, max: 1_000 }
const MAX_TOKEN_CHARS = 16_384

/** Makes the keeper of temporary credentials. */
export function createSessions({ db, sealer, clock, home }: AccessDeps, findNode: FindNode): Sessions {
  const cache = createCache<AccessKey>({
    ...CACHE,
    monotonic: clock.monotonic,
    async find(place) {
      const [keyId = '', token = ''] = place.split(' ')
      const session = openSession(sealer, keyId, token)
      if (!session || !(await stands(session))) return undefined
      const principal = await principalOf(session)
      if (!principal) return undefined
      const facts = await factsOf(session)
      return {
        id: keyId,
        secret: session.secret,
        expiresAt: session.expiresAt,
        principal: { ...principal, keyId, session: facts },
      }
    },
  })

  /** Whether the key and the user that it began with, and every role on the way, are still there. */
  async function stands({ issuer = {}, roleIds }: Session): Promise<boolean> {
    if (issuer.keyId !== undefined && !(await findKey(db.read, issuer.keyId))?.active) return false
    if (issuer.userId !== undefined && !(await findPrincipal(db.read, home, issuer.userId))) return false
    for (const roleId of roleIds) if (!(await findRole(db.read, roleId))) return false
    return true
  }

  async function principalOf({ of }: Session): Promise<Principal | undefined> {
    if (of.kind === 'root') return rootPrincipal(home)
    if (of.kind === 'user') return findPrincipal(db.read, home, of.userId)
    const role = await findRole(db.read, of.roleId)
    if (!role) return undefined
    if (of.kind === 'node') return nodePrincipal(home, { nodeId: of.nodeId, roleId: role.id, roleName: role.name })
    return {
      kind: 'role',
      id: `${role.id}:${of.sessionName}`,
      arn: sessionArn(home, role.name, of.sessionName),
      accountId: home.accountId,
      roleId: role.id,
    }
  }

  async function factsOf({ issuedAt, issuer, roleIds, policy, policyArns }: Session): Promise<SessionFacts> {
    const facts = { issuedAt, roleIds, ...(issuer && { issuer }) }
    if (policy === undefined && policyArns === undefined) return facts
    const held = await Promise.all((policyArns ?? []).map((arn) => heldAs(db.read, arn)))
    const managed = held.flatMap((one) => one?.document ?? findReadyMade(one?.arn ?? '')?.document ?? [])
    return { ...facts, policies: policy === undefined ? managed : [policy, ...managed] }
  }

  /** Nodes are asked about every time: one in quarantine must not get another call through. */
  async function isNodeGood({ principal }: AccessKey): Promise<boolean> {
    const nodeId = principal.session?.issuer?.nodeId
    if (nodeId === undefined) return true
    const node = await findNode(nodeId)
    return node?.roleId === principal.session?.roleIds[0]
  }

  return {
    async find(keyId, token) {
      if (token.length > MAX_TOKEN_CHARS) return undefined
      const key = await cache.get(`${keyId} ${token}`)
      return key && (await isNodeGood(key)) ? key : undefined
    },
    forget: () => cache.clear(),
  }
}

/** What a caller's own temporary credentials will be revoked with. */
export const issuerOf = (caller: Principal): NonNullable<SessionFacts['issuer']> =>
  caller.session?.issuer ?? {
    ...(caller.kind === 'user' && { userId: caller.id }),
    ...(caller.keyId !== undefined && { keyId: caller.keyId }),
    ...(caller.nodeId !== undefined && { nodeId: caller.nodeId }),
  }

/** Roles that a caller acts with, the first one first. */
export const roleIdsOf = (caller: Principal): readonly string[] =>
  caller.session?.roleIds ?? (caller.roleId === undefined ? [] : [caller.roleId])
