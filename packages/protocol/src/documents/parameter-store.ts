import type { Plain, PlainObject } from '#kit/index.ts'
import type { ResolvedParameters, SecretReference } from './document.ts'

/** Matches `{{ ssm:NAME }}` and `{{ ssm-secure:NAME }}`, each with a version or without; what is inside is the first group. */
const REFERENCE = /\{\{ *(ssm(?:-secure)?:[/\w.:-]+) *\}\}/
const EVERY_REFERENCE = new RegExp(REFERENCE, 'g')

/** What a reference stands for: a text, or a secret in one version that only nodes read. */
export type StoreValue =
  | { readonly kind: 'text'; readonly value: string; readonly isList: boolean }
  | { readonly kind: 'secret'; readonly secret: SecretReference }

/** Values by reference, as it stands between the braces: `ssm:NAME`, `ssm-secure:NAME:VERSION`. */
export type StoreValues = ReadonlyMap<string, StoreValue>

/** Whether a value holds `{{ ssm:… }}` or `{{ ssm-secure:… }}` at any depth, keys left out. */
export function hasParameterStoreReference(value: Plain): boolean {
  if (typeof value === 'string') return REFERENCE.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasParameterStoreReference)
}

/** The references in a value at any depth, keys left out. */
export function storeReferences(value: Plain): readonly string[] {
  if (typeof value === 'string') return [...value.matchAll(EVERY_REFERENCE)].map(([, reference = '']) => reference)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(storeReferences)
}

/** How a secret is written where its value is going to be: with its version, which never changes. */
export const secretText = ({ name, version }: SecretReference): string => `{{ssm-secure:${name}:${version}}}`

/** The secrets that a value refers to, of those that are known. */
export function secretsIn(value: Plain, known: readonly SecretReference[]): readonly SecretReference[] {
  const found = new Set(storeReferences(value).map((reference) => `{{${reference}}}`))
  return known.filter((secret) => found.has(secretText(secret)))
}

export type Filled<T> =
  | { readonly ok: true; readonly value: T; readonly secrets: readonly SecretReference[] }
  | { readonly ok: false; readonly text: string }

/** Puts values into the strings of a value, once: what a value itself looks like is not looked at. */
export function fillReferences<T extends Plain>(value: T, store: StoreValues): Filled<T> {
  const secrets: SecretReference[] = []
  const absent = storeReferences(value).find((reference) => !store.has(reference))
  if (absent !== undefined) return { ok: false, text: `refers to {{ ${absent} }}, which cannot be looked up here` }
  const fill = (item: Plain): Plain => {
    if (typeof item === 'string') {
      return item.replace(EVERY_REFERENCE, (_whole, reference: string) => {
        const found = store.get(reference)
        if (found?.kind === 'secret') secrets.push(found.secret)
        return found === undefined ? '' : textOf(found)
      })
    }
    if (typeof item !== 'object' || item === null) return item
    if (Array.isArray(item)) return (item as readonly Plain[]).map(fill)
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, fill(inner)]))
  }
  // The shape is kept.
  return { ok: true, value: fill(value) as T, secrets }
}

/** A list that is given as one reference to a StringList is that list. */
export function fillList(given: readonly string[], store: StoreValues): Filled<readonly string[]> {
  const [only = ''] = given.length === 1 ? given : []
  const whole = new RegExp(`^${REFERENCE.source}$`).exec(only)?.[1]
  const found = whole === undefined ? undefined : store.get(whole)
  if (found?.kind === 'text' && found.isList) return { ok: true, value: found.value.split(','), secrets: [] }
  return fillReferences([...given], store)
}

/** The values as parameters of a document by the names of their references: put in where the document itself refers to them. */
export const storeParameters = (store: StoreValues): ResolvedParameters =>
  new Map(
    [...store].map(([reference, found]) => [
      reference,
      {
        value: textOf(found),
        interpolation: 'TEXT' as const,
        ...(found.kind === 'secret' && { secrets: [found.secret] }),
      },
    ]),
  )

const textOf = (found: StoreValue): string => (found.kind === 'text' ? found.value : secretText(found.secret))

/** Inputs in which a secret may stand as a reference: whoever performs the action puts the value in. */
const REVEALED: Readonly<Record<string, string>> = {
  'aws:downloadContent': 'sourceInfo',
  'aws:runDocument': 'documentParameters',
}

/** Whether an action takes secrets in this input. */
export const takesSecrets = (action: string, input: string): boolean =>
  Object.hasOwn(REVEALED, action) && REVEALED[action] === input

/** The secrets that an action itself puts into its input, of those that are known. */
export function revealedSecrets(
  action: string,
  inputs: PlainObject,
  known: readonly SecretReference[],
): readonly SecretReference[] {
  if (action !== 'aws:downloadContent') return []
  return secretsIn(inputs['sourceInfo'] ?? null, known)
}

/** Puts secrets in where `secretText` stands; what is not known stays as it is. */
export function revealSecrets(value: Plain, find: (secret: SecretReference) => string | undefined): Plain {
  if (typeof value === 'string') {
    return value.replace(EVERY_REFERENCE, (whole, reference: string) => {
      const [, name, version] = /^ssm-secure:(.+):(\d{1,15})$/.exec(reference) ?? []
      return (name !== undefined && find({ name, version: Number(version) })) || whole
    })
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => revealSecrets(item, find))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealSecrets(item, find)]))
}
