import { PolicyFault } from './fault.ts'
import { isObject, type Json, type JsonObject, readPolicyJson } from './json.ts'
import type { Policy, PolicyKind, PolicyWarning, ReadPolicy, Statement } from './policy.ts'
import { readStatement } from './read-statement.ts'

export interface ParseOptions {
  /** What the policy is for; `identity` when absent. */
  readonly kind?: PolicyKind
  /** See `POLICY_CHARS`; that of a managed policy when absent. */
  readonly maxChars?: number
}

const MEMBERS = new Set(['Version', 'Id', 'Statement'])
const MANAGED_CHARS = 6144
/** White space does not count, but somebody has to read it. */
const MAX_WITH_SPACE = 131_072

/** Reads a policy from its text or its parsed JSON; of what is wrong with it, the first is told, with its place. */
export function parsePolicy(source: string | object, options: ParseOptions = {}): ReadPolicy {
  const { kind = 'identity', maxChars = MANAGED_CHARS } = options
  const warnings: PolicyWarning[] = []
  try {
    if (typeof source === 'string' && source.length > MAX_WITH_SPACE) throw tooLong(maxChars)
    const document = readDocument(source)
    if (policyChars(document) > maxChars) throw tooLong(maxChars)
    return { ok: true, policy: readPolicy(document, kind, warnings), warnings }
  } catch (error) {
    if (!(error instanceof PolicyFault)) throw error
    return { ok: false, problem: error.problem }
  }
}

/** How long a policy is for IAM, which does not count white space outside of texts. */
export const policyChars = (document: object): number => JSON.stringify(document).length

const tooLong = (maxChars: number): PolicyFault =>
  new PolicyFault('', `Cannot exceed quota for PolicySize: ${maxChars}`, 'size')

function readDocument(source: string | object): JsonObject {
  if (typeof source !== 'string') return source as JsonObject
  const read = readPolicyJson(source)
  if (!read.ok) throw new PolicyFault('', read.text)
  if (!isObject(read.value)) throw new PolicyFault('', 'Syntax errors in policy: it is not an object.')
  return read.value
}

function readPolicy(document: JsonObject, kind: PolicyKind, warnings: PolicyWarning[]): Policy {
  const strange = Object.keys(document).find((member) => !MEMBERS.has(member))
  if (strange !== undefined) throw new PolicyFault(strange, 'Syntax errors in policy: a policy has no such member.')
  const version = document['Version'] ?? '2008-10-17'
  if (version !== '2008-10-17' && version !== '2012-10-17')
    throw new PolicyFault('Version', 'The policy must contain a valid version string: 2012-10-17 or 2008-10-17.')
  const id = document['Id']
  if (id !== undefined && typeof id !== 'string') throw new PolicyFault('Id', 'Syntax errors in policy: Id is a text.')
  if (version !== '2012-10-17' && JSON.stringify(document).includes('${'))
    warnings.push({
      place: 'Version',
      text: 'A dollar sign with braces is no variable in policies before 2012-10-17, but plain text.',
    })
  const statements = readStatements(document['Statement'], { kind, variables: version === '2012-10-17', warnings })
  return { version, statements, ...(id !== undefined && { id }) }
}

interface Reading {
  readonly kind: PolicyKind
  readonly variables: boolean
  readonly warnings: PolicyWarning[]
}

function readStatements(given: Json | undefined, reading: Reading): readonly Statement[] {
  if (given === undefined) throw new PolicyFault('Statement', 'Missing required field Statement.')
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given]
  if (list.length === 0) throw new PolicyFault('Statement', 'A policy has at least one statement.')
  const sids = new Set<string>()
  return list.map((item, at) => {
    const place = Array.isArray(given) ? `Statement[${at}]` : 'Statement'
    const statement = readStatement(item, place, reading)
    if (statement.sid !== undefined && statement.sid !== '') {
      if (sids.has(statement.sid))
        throw new PolicyFault(`${place}.Sid`, 'Statement IDs (SID) in a single policy must be unique.')
      sids.add(statement.sid)
    }
    return statement
  })
}
