/** A text that gives a secret away. */
export interface Form {
  readonly bytes: Uint8Array
  /** Whether the character before it, or the one after, holds bits of the secret too. */
  readonly before: boolean
  readonly after: boolean
}

export interface Forms {
  /** Found in the stream as it is. */
  readonly plain: readonly Form[]
  /** Found where line ends are left out: encoders of base64 break their lines. */
  readonly base64: readonly Form[]
}

/** Shorter values are in too many other words. */
export const LEAST_CHARS = 6

/** Every text that is looked for because of these secrets. */
export function formsOf(secrets: readonly string[]): Forms {
  const values = new Set(
    secrets
      .map((secret) => secret.toWellFormed())
      .flatMap(withParts)
      .filter((value) => [...value].length >= LEAST_CHARS),
  )
  const plain = new Set([...values].flatMap((value) => [value, ...percent(value), ...json(value), ...quoted(value)]))
  return {
    plain: [...plain].map((text) => ({ bytes: Buffer.from(text, 'utf8'), before: false, after: false })),
    base64: [...values].flatMap(base64),
  }
}

/** A value of several lines is printed line by line, too, and rarely with the line end that it ends in. */
const withParts = (secret: string): string[] => [secret, secret.trimEnd(), ...secret.split(/\r?\n/)]

const HEX = /%[0-9A-F]{2}/g

function percent(value: string): string[] {
  const component = encodeURIComponent(value)
  const strict = component.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams({ '': value }).toString().slice(1)
  const kept = [component, strict, form, encodeURI(value)].flatMap((text) => [text, text.replaceAll('%2F', '/')])
  const forms = kept.flatMap((text) => [text, text.replaceAll('%20', '+')])
  return forms.flatMap((text) => [text, text.replaceAll(HEX, (code) => code.toLowerCase())])
}

function json(value: string): string[] {
  const inner = JSON.stringify(value).slice(1, -1)
  const unicode = (text: string, chars: RegExp, upper = false): string =>
    text.replaceAll(chars, (char) => {
      const code = char.charCodeAt(0).toString(16).padStart(4, '0')
      return `\\u${upper ? code.toUpperCase() : code}`
    })
  const NOT_ASCII = /[\u007f-\uffff]/g
  const forms = [
    inner,
    unicode(inner, NOT_ASCII),
    unicode(inner, NOT_ASCII, true),
    unicode(inner, /[<>&\u2028\u2029]/g),
  ]
  return forms.flatMap((text) => [text, text.replaceAll('/', '\\/')])
}

/** As shells write a word when they are asked to show what they run. */
const quoted = (value: string): string[] => [
  value.replaceAll("'", `'\\''`),
  value.replaceAll("'", `'"'"'`),
  value.replaceAll(/[\\"$`]/g, '\\$&'),
]

const BITS_A_CHAR = 6

/** In base64 a value has three forms, by how many bytes stand before it; at its ends a character may be half its own. */
function base64(value: string): Form[] {
  const bytes = Buffer.from(value, 'utf8')
  const forms = [0, 1, 2].map((skipped): { readonly text: string } & Omit<Form, 'bytes'> => {
    const text = Buffer.concat([Buffer.alloc(skipped), bytes]).toString('base64url')
    const from = Math.ceil((skipped * 8) / BITS_A_CHAR)
    const to = Math.floor(((skipped + bytes.length) * 8) / BITS_A_CHAR)
    return { text: text.slice(from, to), before: skipped > 0, after: (skipped + bytes.length) % 3 > 0 }
  })
  return forms.flatMap(({ text, ...ends }) => {
    const texts = new Set([text, text.replaceAll('-', '+').replaceAll('_', '/')])
    return [...texts].map((each) => ({ bytes: Buffer.from(each, 'latin1'), ...ends }))
  })
}
