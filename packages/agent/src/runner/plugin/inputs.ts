/** Reads one input of a step, or throws InvalidInput with the place named. */
export type Input<T> = (value: unknown, place: string) => T

/** An input does not fit the plugin; the step fails before it starts. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
}

/** A text; numbers and truth values as a document's YAML may have left them. */
export const text: Input<string> = (value, place) => {
  if (value === undefined || value === null) throw new InvalidInput(`${place} is missing`)
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new InvalidInput(`${place} must be a text`)
}

/** True or false, also as a text. */
export const flag: Input<boolean> = (value, place) => {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw new InvalidInput(`${place} must be true or false`)
}

/** A map, or the JSON text of one, with these members; others mean nothing. */
export const map =
  <V extends Readonly<Record<string, unknown>>>(members: { readonly [K in keyof V]: Input<V[K]> }): Input<V> =>
  (value, place) => {
    const given = typeof value === 'string' ? parseJson(value) : value
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw new InvalidInput(`${place} must be a map or the JSON text of one`)
    const entries = Object.entries(members).map(([name, read]) => [
      name,
      read(Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined, `${place}.${name}`),
    ])
    // Each value was read by the member of the same name.
    return Object.fromEntries(entries) as V
  }

/** A map of variables, or the JSON text of one; values as texts. */
export const variables: Input<Readonly<Record<string, string>>> = (value, place) => {
  const given = typeof value === 'string' ? parseJson(value) : value
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new InvalidInput(`${place} must be a map or the JSON text of one`)
  return Object.fromEntries(Object.entries(given).map(([name, item]) => [name, text(item, `${place}.${name}`)]))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One of these texts, exactly. */
export const oneOf =
  <const T extends string>(...choices: readonly T[]): Input<T> =>
  (value, place) => {
    const found = choices.find((choice) => choice === value)
    if (found === undefined) throw new InvalidInput(`${place} must be ${choices.join(' or ')}`)
    return found
  }

/** A list; lists inside it are flattened, as a parameter put in whole makes them. One value alone counts as a list of one. */
export const list =
  <T>(item: Input<T>): Input<T[]> =>
  (value, place) => {
    if (value === undefined || value === null) throw new InvalidInput(`${place} is missing`)
    const values: unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]
    return values.map((element, index) => item(element, `${place}[${index}]`))
  }

/** An input that may be missing or empty. */
export const optional =
  <T>(inner: Input<T>): Input<T | undefined> =>
  (value, place) =>
    value === undefined || value === null || value === '' ? undefined : inner(value, place)
