import {
  type AccessRequest,
  type Covered,
  compilePolicies,
  covers,
  explainAccess,
  type NamedPolicy,
  type Policies,
  type Verdict,
} from '@muster/protocol/iam'
import { createCache } from '#access/cache.ts'
import type { AccessDeps } from '#access/deps.ts'
import { policiesOf } from '#access/store/held-policies.ts'
import { findRole } from '#access/store/roles.ts'
import { findUser } from '#access/store/users.ts'
import type { Decision, Judge } from '#api/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import { type PrincipalFacts, principalKeys } from './principal-keys.ts'
import { readHeld, readSessionPolicy } from './read-held.ts'

/** Decides what callers may do, by their policies. */
export interface Judges {
  judge(caller: Caller, at: number): Promise<Judge>
  /** Whether a caller may hand out everything that policies allow; root may. */
  mayHandOut(caller: Caller, at: number, granted: readonly NamedPolicy[]): Promise<Covered>
  /** Principals, groups or policies are others now. What other controllers change is known here after 5 s. */
  drop(): void
}

/** What is remembered of a principal. */
interface Remembered extends PrincipalFacts {
  readonly named: readonly NamedPolicy[]
  readonly compiled: Policies
}

const CACHE = { keptMs: 5_000, absentMs: 0, max: 10_000 }
const ALLOWED: Decision = Object.freeze({ allowed: true, reason: '' })
const ROOT: Judge = { decide: () => ALLOWED, asks: () => false }

/** Makes the judges of one controller. */
export function createJudges({ db, clock, home }: Pick<AccessDeps, 'db' | 'clock' | 'home'>): Judges {
  let cache = createMemory()

  function createMemory() {
    return createCache<Remembered>({ ...CACHE, monotonic: clock.monotonic, find: remember })
  }

  async function remember(principalId: string): Promise<Remembered> {
    const [held, user, role] = await Promise.all([
      policiesOf(db.read, principalId),
      findUser(db.read, principalId),
      findRole(db.read, principalId),
    ])
    const named = readHeld(held)
    const found = user ?? role
    const facts = found ? { name: found.name, path: found.path, tags: found.tags } : { tags: [] }
    return { ...facts, named, compiled: compilePolicies(named) }
  }

  async function find(caller: Caller): Promise<Remembered> {
    const found = await cache.get(principalIdOf(caller))
    if (!found) throw new Error('a principal without policies is remembered all the same')
    return found
  }

  return {
    async judge(caller, at) {
      if (caller.kind === 'root') return rootJudge(caller)
      return judgeOf(home, caller, await find(caller), at)
    },
    async mayHandOut(caller, at, granted) {
      const session = sessionLayer(caller)
      if (caller.kind === 'root' && !session) return { ok: true }
      const facts = caller.kind === 'root' ? { tags: [], named: undefined } : await find(caller)
      const layers = [facts.named, session].filter((layer) => layer !== undefined)
      return covers({ layers, conditions: principalKeys(home, caller, facts, at) }, granted)
    },
    drop() {
      cache = createMemory()
    },
  }

  function rootJudge(caller: Caller): Judge {
    return caller.session?.policies === undefined ? ROOT : judgeOf(home, caller, { tags: [] }, clock.now())
  }
}

/** Policies belong to a user or a role, whoever acts as it. */
const principalIdOf = ({ id, roleId }: Caller): string => roleId ?? (id.split(':')[0] as string)

const sessionLayer = ({ session }: Caller): readonly NamedPolicy[] | undefined =>
  session?.policies?.map(readSessionPolicy)

/** The judge of one request: the caller's policies, and that of its session where it has one. */
function judgeOf(home: Home, caller: Caller, facts: PrincipalFacts & Partial<Remembered>, at: number): Judge {
  const own = principalKeys(home, caller, facts, at)
  const session = sessionLayer(caller)
  const layers: readonly Layer[] = [
    ...(facts.compiled ? [{ policies: facts.compiled, kind: 'identity-based' as const }] : []),
    ...(session ? [{ policies: compilePolicies(session), kind: 'session' as const }] : []),
  ]
  return {
    decide(action, resource, conditions) {
      const request = { action, resource, conditions: { get: (key: string) => own.get(key) ?? conditions.get(key) } }
      const verdicts = layers.map((layer) => ({ layer, verdict: layer.policies.evaluate(request) }))
      const decisive =
        verdicts.find(({ verdict }) => verdict.decision === 'explicitDeny') ??
        verdicts.find(({ verdict }) => verdict.decision === 'implicitDeny')
      return decisive ? refusal(caller, request, decisive) : ALLOWED
    },
    asks: (prefix) => layers.some(({ policies }) => policies.mentions(prefix)),
  }
}

interface Layer {
  readonly policies: Policies
  readonly kind: 'identity-based' | 'session'
}

/** The text of the service; which statement decided is for the audit trail alone. */
function refusal(
  { arn }: Caller,
  request: AccessRequest,
  { layer, verdict }: { readonly layer: Layer; readonly verdict: Verdict },
): Decision {
  const { action, resource } = request
  const explicit = verdict.decision === 'explicitDeny'
  const a = layer.kind === 'session' ? 'a' : 'an'
  const because = explicit
    ? `with an explicit deny in ${a} ${layer.kind} policy`
    : `because no ${layer.kind} policy allows the ${action} action`
  return {
    allowed: false,
    explicit,
    reason: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    get why() {
      return explainAccess(layer.policies, request).sentence
    },
  }
}
