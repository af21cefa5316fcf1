import { realpath } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { type EnvelopeStep, freezeSteps } from '@muster/protocol/delivery'
import {
  checkParameters,
  hasParameterStoreReference,
  MAX_DOCUMENT_BYTES,
  parseDocument,
  readNestedParameters,
  type SchemaVersion,
} from '@muster/protocol/documents'
import type { Plain } from '@muster/protocol/kit'
import { readPiece, sizeOf } from '#platform/index.ts'

interface LocalDocument {
  readonly schemaVersion: SchemaVersion
  readonly steps: readonly EnvelopeStep[]
}

/** Reads a document below the folder of downloads, with its parameters put in; a text says why it cannot be run. */
export async function readLocalDocument(
  downloads: string,
  path: string,
  parameters: Plain | undefined,
): Promise<LocalDocument | string> {
  const file = await findBelow(downloads, path)
  if (file === undefined) return `${path} is not among the downloads of this command`
  const size = (await sizeOf(file)) ?? 0
  if (size > MAX_DOCUMENT_BYTES) return `${path} has ${size} bytes; the limit of a document is ${MAX_DOCUMENT_BYTES}`
  const content = Buffer.from(await readPiece(file, 0, size)).toString('utf8')
  if (content.trim() === '') return `${path} is empty`
  const parsed = parseDocument(content, extname(file).toLowerCase() === '.json' ? 'JSON' : 'YAML')
  if (!parsed.ok) return `${path}: ${parsed.text}`
  const given = readNestedParameters(parameters)
  if (!given.ok) return given.text
  const checked = checkParameters(parsed.document, given.given)
  if (!checked.ok) return `${checked.problem.summary} ${checked.problem.detail}`
  const frozen = freezeSteps(parsed.document, checked.values)
  if (!frozen.ok) return frozen.text
  // Nobody would put the value in before a shell reads it.
  if (hasParameterStoreReference(frozen.steps.map(({ inputs }) => inputs)))
    return `${path} refers to Parameter Store ({{ ssm:… }}), which only a document of the controller can`
  return { schemaVersion: parsed.document.schemaVersion, steps: frozen.steps }
}

/** The real place of a path below a folder; undefined when there is none, or it leads out by `..` or by a link. */
async function findBelow(folder: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder)
    const file = await realpath(resolve(root, path))
    return file.startsWith(root + sep) ? file : undefined
  } catch {
    return undefined
  }
}
