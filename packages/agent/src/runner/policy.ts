import type { Envelope } from '@muster/protocol/delivery'
import { ownerOf, readIfThere } from '#platform/index.ts'

/** What the host's owner allows, whatever a controller sends. */
export type Policy =
  | { readonly mode: 'full' }
  | { readonly mode: 'documents'; readonly documents: readonly { readonly name: string; readonly hash: string }[] }
  | { readonly mode: 'scan-only' }
  | { readonly mode: 'paused' }
  /** A policy that cannot be read is not taken for a lenient one. */
  | { readonly mode: 'invalid'; readonly problem: string }

/** Actions that only look. */
const SCANNING: ReadonlySet<string> = new Set(['aws:softwareInventory'])

/** The policy of the first file that exists; without any, everything is allowed. */
export async function readPolicy(files: readonly string[], owner: number): Promise<Policy> {
  for (const file of files) {
    try {
      const content = await readIfThere(file)
      if (content === undefined) continue
      const { uid, othersMayWrite } = await ownerOf(file)
      if (uid !== 0 && uid !== owner) return { mode: 'invalid', problem: `${file} does not belong to root` }
      if (othersMayWrite) return { mode: 'invalid', problem: `${file} may be written by others than its owner` }
      return parsePolicy(content, file)
    } catch (error) {
      return {
        mode: 'invalid',
        problem: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      }
    }
  }
  return { mode: 'full' }
}

/** A policy file's content: `{"mode": "documents", "documents": [{"name": …, "hash": SHA-256}]}` or another mode alone. */
export function parsePolicy(content: string, place: string): Policy {
  const invalid = (problem: string): Policy => ({ mode: 'invalid', problem: `${place}: ${problem}` })
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return invalid('not JSON')
  }
  if (typeof value !== 'object' || value === null || !('mode' in value)) return invalid('mode is missing')
  const { mode } = value
  if (mode === 'full' || mode === 'scan-only' || mode === 'paused') return { mode }
  if (mode !== 'documents')
    return invalid(`mode ${JSON.stringify(mode)} is not one of full, documents, scan-only, paused`)
  const documents = 'documents' in value ? value.documents : undefined
  if (!Array.isArray(documents)) return invalid('documents must be a list')
  if (!documents.every(isDocumentRule)) return invalid('each of documents must have a name and a hash of 64 hex digits')
  return { mode, documents: documents.map(({ name, hash }) => ({ name, hash: hash.toLowerCase() })) }
}

function isDocumentRule(value: unknown): value is { name: string; hash: string } {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('hash' in value)) return false
  return typeof value.name === 'string' && typeof value.hash === 'string' && /^[0-9a-fA-F]{64}$/.test(value.hash)
}

/** The rule that forbids an envelope, or undefined when the host allows it. */
export function findForbiddingRule(
  policy: Policy,
  envelope: Pick<Envelope, 'documentName' | 'documentHash' | 'steps'>,
): string | undefined {
  switch (policy.mode) {
    case 'full':
      return undefined
    case 'paused':
      return 'the host is paused'
    case 'invalid':
      return policy.problem
    case 'scan-only': {
      const changing = envelope.steps.find(({ action }) => !SCANNING.has(action))
      return changing && `only actions that scan are allowed, ${changing.action} is not one`
    }
    case 'documents': {
      const own = { name: envelope.documentName, hash: envelope.documentHash }
      return firstOf([own, ...envelope.steps.flatMap(documentsIn)], (document) => unlisted(policy, document))
    }
  }
}

function unlisted(
  { documents }: Policy & { mode: 'documents' },
  document: { readonly name: string; readonly hash: string },
): string | undefined {
  const named = documents.filter(({ name }) => name === document.name)
  if (named.length === 0) return `the document ${document.name} is not on the list`
  return named.some(({ hash }) => hash === document.hash)
    ? undefined
    : `the document ${document.name} has another hash than the list`
}

/** Documents that a step runs, at any depth. */
function documentsIn({ document }: Envelope['steps'][number]): { readonly name: string; readonly hash: string }[] {
  return document?.kind === 'steps' ? [document, ...document.steps.flatMap(documentsIn)] : []
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
