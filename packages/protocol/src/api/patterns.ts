import { compilePattern } from '#kit/pattern.ts'
import { characters } from './characters.ts'

/** What a model's pattern asks of a whole text. */
export interface ModelPattern {
  matches(text: string): boolean
}

// RE2 has neither look-around nor back-references and repeats at most 1,000 times. The model has five patterns that
// need one of these; each stands here with an expression for RE2, and where a number is too large a test beside it,
// that together accept the same texts.
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:[12]\\d|0[1-9]|3[01])'
const week = 'W(?:[0-4]\\d|5[0-2])(?:-?[1-7])?'
const dayOfYear = '(?:00[1-9]|0[1-9]\\d|[12]\\d{2}|3(?:[0-5]\\d|6[1-6]))'
const hour = '(?:[01]\\d|2[0-3])'
const sixty = '[0-5]\\d'
const fraction = '[.,]\\d'
// The original repeats the separator of hours and minutes before the seconds, and lets no ":" follow a fraction.
const clock = [
  `(?:${hour}|24:?00)(?:${fraction})?`,
  `${hour}:${sixty}(?:${fraction}|:${sixty}(?:${fraction})?)?`,
  `${hour}${sixty}(?:${fraction})?(?:${sixty}(?:${fraction})?)?`,
].join('|')
const zone = `(?:[zZ]|-${hour}:?(?:${sixty})?)`
const time = (before: string) => `(?:${before}(?:${clock})?${zone}?)`
// A year must not be followed by two digits and the end of a word, so a bare "202401" is no date but "202401T10" is.
const dates = [
  `-?\\d{4}(?:-(?:${month}(?:-${day})?|${week}|${dayOfYear})${time('[T\\s]')}?)?`,
  `-?\\d{4}(?:${month}${day}|${week}|${dayOfYear})${time('[T\\s]')}?`,
  `-?\\d{4}${month}${time('T')}`,
].join('|')

const notBlank = '.*\\S.*'
const translated = new Map<string, { re2: string; fits?: (text: string) => boolean }>([
  ['^(?!\\s*$).+', { re2: notBlank }],
  ['^.{1,100000}$', { re2: '.+', fits: (text) => characters(text) <= 100_000 }],
  [
    '^arn:aws[a-z0-9-]*:iam::\\d{12}:role\\/[\\w-\\/.@+=,]{1,1017}$',
    { re2: '^arn:aws[a-z0-9-]*:iam::\\d{12}:role\\/[\\w-\\/.@+=,]{1,17}[\\w-\\/.@+=,]{0,1000}$' },
  ],
  [
    '^https:\\/\\/[-a-zA-Z0-9@:%._\\+~#=]{1,253}\\.s3(\\.[a-z\\d-]{9,16})?\\.amazonaws\\.com\\/.{1,2000}',
    {
      re2: '^https:\\/\\/[-a-zA-Z0-9@:%._\\+~#=]{1,253}\\.s3(\\.[a-z\\d-]{9,16})?\\.amazonaws\\.com\\/.+',
      // Two repeats in a row would do, but cost RE2 100 ms a text; no slash can stand before the one that ends the host.
      fits: (text) => characters(text.slice(text.indexOf('/', 'https://'.length) + 1)) <= 2000,
    },
  ],
  [
    '^([\\-]?\\d{4}(?!\\d{2}\\b))((-?)((0[1-9]|1[0-2])(\\3([12]\\d|0[1-9]|3[01]))?|W([0-4]\\d|5[0-2])(-?[1-7])?|(00[1-9]|0[1-9]\\d|[12]\\d{2}|3([0-5]\\d|6[1-6])))([T\\s]((([01]\\d|2[0-3])((:?)[0-5]\\d)?|24\\:?00)([\\.,]\\d(?!:))?)?(\\17[0-5]\\d([\\.,]\\d)?)?([zZ]|([\\-])([01]\\d|2[0-3]):?([0-5]\\d)?)?)?)?$',
    { re2: dates },
  ],
])

/** Compiles a pattern of the model, by way of its translation where RE2 has no such expression. */
export function modelPattern(source: string): ModelPattern {
  const known = translated.get(source)
  if (!known) return compilePattern(source)
  const pattern = compilePattern(known.re2)
  const { fits } = known
  return fits === undefined ? pattern : { matches: (text) => fits(text) && pattern.matches(text) }
}
