/**
 * Access: who there is (root, users in groups, roles, nodes), their policies, keys and tokens, and what they may do. In come
 * IAM's and the token service's operations, credentials, and questions "may this caller do this to that?"; out go
 * principals, and decisions with the text that a refused caller sees. Secrets are sealed with the master key, bearer
 * tokens are stored as MACs, session tokens hold their session sealed. What changes here is forgotten here at once, and
 * by other controllers within five seconds.
 */
import type { AccessPort } from '#api/index.ts'
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createAccessKeys } from './access-keys.ts'
import { type Bearers, createBearers } from './bearer.ts'
import type { AccessDeps } from './deps.ts'
import type { MayHandOut } from './hand-out.ts'
import { createJudges } from './judge/index.ts'
import { createOperations } from './operations/index.ts'
import { passRole } from './pass-role.ts'
import { type Role, roleNameOf } from './principals.ts'
import { createSessions, type FindNode } from './sessions.ts'
import { removeExpiredBearerTokens } from './store/credentials.ts'
import { findRoleByName } from './store/roles.ts'

export type { NewBearerToken } from './bearer.ts'
export type { AccessDeps } from './deps.ts'
export {
  type Initialised,
  type InitialiseOptions,
  InitialiseRefused,
  initialiseAccess,
  isInitialised,
  NODE_ROLE,
} from './initialise.ts'
export { mayPass } from './pass-role.ts'
export { nodeCaller, type Role, rootPrincipal } from './principals.ts'
export { createSignIns, type SignIns } from './sign-in/index.ts'
export { type HeldPolicy, policiesOf } from './store/held-policies.ts'

export interface Access extends AccessPort {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** By `NAME`, `service-role/NAME` or ARN; undefined when this account has none of that name. */
  findRole(db: Reader, reference: string): Promise<Role | undefined>
  /** The same for a caller who gives it to nodes: it must be allowed to, and the role be for nodes. */
  passRole(db: Reader, reference: string, asking: Parameters<typeof passRole>[3]): Promise<Role | undefined>
  readonly createBearer: Bearers['create']
  readonly revokeBearer: Bearers['revoke']
  readonly revokeBearersFor: Bearers['revokeFor']
  /** Whether a caller has all that it would hand out. */
  readonly mayHandOut: MayHandOut
  /** Says where nodes are found, which this slice is below. */
  attachNodes(findNode: FindNode): void
}

/** Wires access; the store must have been through `initialiseAccess`. */
export function createAccess(deps: AccessDeps): Access {
  const { db, clock, home } = deps
  const keys = createAccessKeys(deps)
  const bearers = createBearers(deps)
  const judges = createJudges(deps)
  let findNode: FindNode = async () => undefined
  const sessions = createSessions(deps, (nodeId) => findNode(nodeId))
  const changed = (): void => {
    for (const each of [keys, bearers, sessions]) each.forget()
    judges.drop()
  }
  return {
    operations: createOperations({ ...deps, changed, mayHandOut: judges.mayHandOut }),
    sweeps: [
      { name: 'access.key-uses', every: 60_000, run: () => keys.noteUses() },
      {
        name: 'access.prune-tokens',
        every: '7 * * * *',
        run: () => db.write((tx) => removeExpiredBearerTokens(tx, clock.now())),
      },
    ],
    findAccessKey: (id, token) => (token === undefined ? keys.find(id) : sessions.find(id, token)),
    findBearer: (token) => bearers.find(token),
    judge: (caller, at) => judges.judge(caller, at),
    async findRole(reader, reference) {
      const name = roleNameOf(reference, home.accountId)
      return name === undefined ? undefined : findRoleByName(reader, name)
    },
    mayHandOut: judges.mayHandOut,
    passRole: (reader, reference, asking) => passRole(home, reader, reference, asking),
    attachNodes(find) {
      findNode = find
    },
    createBearer: (tx, token) => bearers.create(tx, token),
    revokeBearer: (tx, token) => bearers.revoke(tx, token),
    revokeBearersFor: (tx, purpose) => bearers.revokeFor(tx, purpose),
  }
}
