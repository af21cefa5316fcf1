import { documentPlatforms, parseDocument } from '#documents/index.ts'
import { type ContentFormat, findSchemaProblem, refuseContent, type TypedResult } from './typed.ts'

/** Command documents: schema 1.2, 2.0 and 2.2. */
export function parseCommand(content: string, format: ContentFormat): TypedResult {
  if (format === 'TEXT') return refuseContent('A document of type Command is JSON or YAML.')
  const parsed = parseDocument(content, format)
  if (!parsed.ok) return parsed
  const { schemaVersion, description, parameters } = parsed.document
  const shown = { schemaVersion, parameters, ...(description !== undefined && { description }) }
  return { ok: true, document: { ...shown, platformTypes: documentPlatforms(parsed.document), files: new Map() } }
}

/** Policy documents are Command documents that only associations apply; below 2.0 there are none. */
export function parsePolicy(content: string, format: ContentFormat): TypedResult {
  if (format === 'TEXT') return refuseContent('A document of type Policy is JSON or YAML.')
  const parsed = parseCommand(content, format)
  if (!parsed.ok) return parsed
  const { schemaVersion = '' } = parsed.document
  return findSchemaProblem('Policy', { schemaVersion }, ['2.0', '2.2']) ?? parsed
}
