import { PolicyFault } from './fault.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { PolicyKind, PolicyPrincipals } from './policy.ts'

const KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])
const AWS =
  /^(\*|\d{12}|arn:aws:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|arn:aws:sts::\d{12}:(assumed-role|federated-user)\/[\w+=,.@/-]+)$/
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/

/** Reads Principal or NotPrincipal, which policies of identities must not have and others must. */
export function readPrincipals(given: JsonObject, place: string, kind: PolicyKind): PolicyPrincipals | undefined {
  const present = ['Principal', 'NotPrincipal'].filter((member) => given[member] !== undefined)
  const [member] = present
  if (kind === 'identity') {
    if (member !== undefined)
      throw new PolicyFault(`${place}.${member}`, 'Policy document should not specify a principal.')
    return undefined
  }
  if (member === undefined) throw new PolicyFault(place, 'Missing required field Principal.')
  if (present.length > 1)
    throw new PolicyFault(place, 'Syntax errors in policy: a statement has Principal or NotPrincipal, not both.')
  const negated = member === 'NotPrincipal'
  if (negated && given['Effect'] === 'Allow')
    throw new PolicyFault(`${place}.NotPrincipal`, 'Allow with NotPrincipal is not supported.')
  return { negated, ...readNamed(given[member] ?? null, `${place}.${member}`) }
}

function readNamed(given: Json, place: string): Pick<PolicyPrincipals, 'everyone' | 'named'> {
  if (given === '*') return { everyone: true, named: {} }
  if (!isObject(given)) throw new PolicyFault(place, `Invalid principal in policy: ${JSON.stringify(given)}`)
  const named: Record<string, readonly string[]> = {}
  for (const [kind, value] of Object.entries(given)) {
    if (!KINDS.has(kind)) throw new PolicyFault(`${place}.${kind}`, `Invalid principal in policy: "${kind}"`)
    const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
    if (list.length === 0)
      throw new PolicyFault(`${place}.${kind}`, 'Missing required field Principal cannot be empty!')
    named[kind] = list.map((item) => {
      if (typeof item === 'string' && isGood(kind, item)) return item
      throw new PolicyFault(`${place}.${kind}`, `Invalid principal in policy: "${kind}":${JSON.stringify(item)}`)
    })
  }
  if (Object.keys(named).length === 0) throw new PolicyFault(place, 'Missing required field Principal cannot be empty!')
  return { everyone: named['AWS']?.includes('*') ?? false, named }
}

function isGood(kind: string, name: string): boolean {
  if (kind === 'AWS') return AWS.test(name)
  if (kind === 'Service') return SERVICE.test(name)
  return name.length > 0
}
