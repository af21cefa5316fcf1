import type { Conditions } from '@muster/protocol/iam'
import { type Caller, type Home, nodeArn } from '#kit/identity.ts'

/** What the store knows about a user or a role. */
export interface PrincipalFacts {
  /** Absent when it is there no more. */
  readonly name?: string
  readonly path?: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
}

const TYPES = { root: 'Account', user: 'User', role: 'AssumedRole', node: 'AssumedRole' } as const

/** The condition keys that a caller brings to each of its requests. */
export function principalKeys(home: Home, caller: Caller, facts: PrincipalFacts, at: number): Conditions {
  const keys = new Map<string, readonly string[]>()
  const put = (key: string, value: string | undefined): void => {
    if (value !== undefined) keys.set(key, [value])
  }
  put('aws:principalarn', roleArnOf(caller, facts) ?? caller.arn)
  put('aws:principalaccount', caller.accountId)
  put('aws:principaltype', TYPES[caller.kind])
  put('aws:userid', caller.id)
  put('aws:username', caller.kind === 'user' ? facts.name : undefined)
  for (const { Key, Value } of facts.tags) put(`aws:principaltag/${Key.toLowerCase()}`, Value)
  put('aws:currenttime', new Date(at).toISOString())
  put('aws:epochtime', String(Math.floor(at / 1000)))
  put('aws:requestedregion', home.region)
  put('aws:sourceip', /[.:]/.test(caller.source) ? caller.source : undefined)
  put('aws:securetransport', caller.secure === undefined ? undefined : String(caller.secure))
  put('aws:useragent', caller.userAgent)
  putSession(put, caller, at)
  const instance = caller.nodeId === undefined ? undefined : nodeArn(home, caller.nodeId)
  put('ssm:sourceinstancearn', instance)
  put('ec2:sourceinstancearn', instance)
  return keys
}

function putSession(put: (key: string, value: string) => void, { session }: Caller, at: number): void {
  if (!session) return
  put('aws:tokenissuetime', new Date(session.issuedAt).toISOString())
  put('aws:multifactorauthpresent', String(session.mfaAt !== undefined))
  if (session.mfaAt !== undefined)
    put('aws:multifactorauthage', String(Math.max(0, Math.floor((at - session.mfaAt) / 1000))))
}

/** Sessions of a role are that role, as far as policies ask for an ARN. */
function roleArnOf({ kind, accountId }: Caller, { name, path = '/' }: PrincipalFacts): string | undefined {
  const isSession = kind === 'role' || kind === 'node'
  return isSession && name !== undefined ? `arn:aws:iam::${accountId}:role${path}${name}` : undefined
}
