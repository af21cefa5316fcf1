/** One line of a program's configuration: a flag, its environment variable, default, parser and help. */
export interface Option<T> {
  /** Long flag without dashes, for instance `public-url`. */
  readonly flag: string
  /** Environment variable; a list is separated by commas there. */
  readonly env: string
  readonly help: string
  /** Shown in the help in place of the value. */
  readonly value?: string
  readonly list?: boolean
  readonly boolean?: boolean
  /** Only from the environment, because command lines are visible to every user of the host. */
  readonly envOnly?: boolean
  /** As it stands in the help and in docs/configuration.md. */
  readonly defaultText?: string
  /** Turns the texts given (none, one or several) into the value, or says what is wrong. */
  parse(given: readonly string[]): Parsed<T>
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string }

const ok = <T>(value: T): Parsed<T> => ({ ok: true, value })
const bad = <T>(problem: string): Parsed<T> => ({ ok: false, problem })

interface About {
  readonly flag: string
  readonly env: string
  readonly help: string
  readonly value?: string
  readonly envOnly?: boolean
}

interface AboutText extends About {
  /** Answers what is wrong with a text, or undefined. */
  readonly check?: (value: string) => string | undefined
}

function checked<T extends string | undefined>({ check }: AboutText, value: string | T): Parsed<string | T> {
  const problem = value === undefined ? undefined : check?.(value)
  return problem === undefined ? ok(value) : bad(problem)
}

/** A text; without a default it may be absent. */
export const text = (about: AboutText & { readonly default?: string }): Option<string | undefined> => ({
  ...about,
  ...(about.default === undefined ? {} : { defaultText: about.default }),
  parse: (given) => checked(about, given.at(-1) ?? about.default),
})

/** A text that must be there, by its default if not given. */
export const textWithDefault = (about: AboutText & { readonly default: string }): Option<string> => ({
  ...about,
  defaultText: about.default,
  parse: (given) => checked<string>(about, given.at(-1) ?? about.default),
})

export const flag = (about: About): Option<boolean> => ({
  ...about,
  boolean: true,
  defaultText: 'off',
  parse(given) {
    const last = given.at(-1)
    if (last === undefined) return ok(false)
    if (['1', 'true', 'on', 'yes', ''].includes(last.toLowerCase())) return ok(true)
    if (['0', 'false', 'off', 'no'].includes(last.toLowerCase())) return ok(false)
    return bad(`is a switch (1 or 0), not "${last}"`)
  },
})

export const wholeNumber = (
  about: About & { readonly default: number; readonly min: number; readonly max: number },
): Option<number> => ({
  ...about,
  defaultText: String(about.default),
  parse(given) {
    const last = given.at(-1)
    if (last === undefined) return ok(about.default)
    const number = /^\d{1,15}$/.test(last) ? Number(last) : Number.NaN
    if (number >= about.min && number <= about.max) return ok(number)
    return bad(`must be a whole number from ${about.min} to ${about.max}, not "${last}"`)
  },
})

export const oneOf = <T extends string>(
  about: About & { readonly default: T; readonly choices: readonly T[] },
): Option<T> => ({
  ...about,
  defaultText: about.default,
  parse(given) {
    const last = given.at(-1)
    if (last === undefined) return ok(about.default)
    const found = about.choices.find((choice) => choice === last)
    return found === undefined ? bad(`must be one of ${about.choices.join(', ')}, not "${last}"`) : ok(found)
  },
})

/** Several values, each checked by `item`, which answers a problem or undefined. */
export const list = (
  about: About & { readonly default: readonly string[]; readonly item?: (value: string) => string | undefined },
): Option<readonly string[]> => ({
  ...about,
  list: true,
  defaultText: about.default.join(', ') || 'none',
  parse(given) {
    if (given.length === 0) return ok(about.default)
    const problems = given.map((value) => about.item?.(value)).filter((problem) => problem !== undefined)
    return problems.length > 0 ? bad(problems.join('; ')) : ok(given)
  },
})
