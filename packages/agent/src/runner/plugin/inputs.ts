/** Reads one input of a step, or throws InvalidInput with the place named. */
export type Input<T> = (value: unknown, place: string) => T

/** An input does not fit the plugin; the step fails before it starts. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
}

/** A text; numbers and truth values as a document's YAML may have left them. */
export const text: Input<string> = (value, place) => {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new InvalidInput(`${place} must be a text`)
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
