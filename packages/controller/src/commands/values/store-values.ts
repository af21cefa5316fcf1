import { type Document, type StoreValue, type StoreValues, storeReferences } from '@muster/protocol/documents'
import type { Plain } from '@muster/protocol/kit'
import type { OperationContext } from '#api/operation.ts'
import type { CommandsDeps } from '#commands/deps.ts'
import type { Reader } from '#db/index.ts'

type Context = Pick<OperationContext<'SendCommand'>, 'authorise' | 'refuse'>

/** Values by reference, or the sentence about the first reference that stands for nothing. */
type Found = { readonly ok: true; readonly values: StoreValues } | { readonly ok: false; readonly text: string }

/** The references that count for a command: in what is given, in defaults of what is not given, and in the steps. */
export function referencesOf(
  { parameters, steps }: Pick<Document, 'parameters' | 'steps'>,
  given: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const defaults = parameters.filter(({ name }) => !Object.hasOwn(given, name)).map((each) => each.default ?? null)
  const texts: Plain = [Object.values(given).map((list) => [...list]), defaults, steps.map(({ inputs }) => inputs)]
  return [...new Set(storeReferences(texts))]
}

const SECURE = 'ssm-secure:'
const PLAIN = 'ssm:'

/**
 * Looks references up once, for all nodes: a text as it is now; a secret as its version alone, which each node reads by
 * itself. The caller must be allowed to read either, whether or not there is such a parameter.
 */
export async function findStoreValues(
  db: Reader,
  { parameters }: Pick<CommandsDeps, 'parameters'>,
  references: readonly string[],
  { authorise, refuse }: Context,
): Promise<Found> {
  const secure = references.filter((reference) => reference.startsWith(SECURE))
  const plain = references.filter((reference) => !reference.startsWith(SECURE))
  const [secureNames, plainNames] = [secure.map(after(SECURE)), plain.map(after(PLAIN))]
  const arns = new Set([...secureNames, ...plainNames].map((name) => parameters.arnOf(name)))
  if (arns.size > 0) {
    const { denied } = await authorise([...arns], 'ssm:GetParameters')
    const [text] = denied.values()
    if (text !== undefined) throw refuse('AccessDeniedException', text)
  }
  const values = new Map<string, StoreValue>()
  for (const [index, found] of (await parameters.pin(db, secureNames)).entries()) {
    if (!found.ok) return found
    values.set(secure[index] ?? '', { kind: 'secret', secret: { name: found.name, version: found.version } })
  }
  for (const [index, found] of (await parameters.resolve(db, plainNames)).entries()) {
    if (!found.ok) return found
    values.set(plain[index] ?? '', { kind: 'text', value: found.value, isList: found.type === 'StringList' })
  }
  return { ok: true, values }
}

const after =
  (prefix: string) =>
  (reference: string): string =>
    reference.slice(prefix.length)
