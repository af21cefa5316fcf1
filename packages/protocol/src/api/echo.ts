import type { ServiceModel, Shape, ShapeName } from './model.ts'

const MAX_ECHO_CHARS = 1024
const ELLIPSIS = '...'

/** Writes a value as the service does in its texts (`[a, b]`, `{k=v}`, `Tag(key=k)`), cut at 1,024 characters. */
export function echo(model: ServiceModel, shapeName: ShapeName, value: unknown): string {
  const writer = { text: '' }
  write(model, shapeName, value, writer)
  return cut(writer.text, MAX_ECHO_CHARS)
}

/** Cuts a text to a number of characters at most, the ellipsis included, never inside a surrogate pair. */
export function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const kept = text.slice(0, maxChars - ELLIPSIS.length)
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}${ELLIPSIS}`
}

function write(model: ServiceModel, shapeName: ShapeName | undefined, value: unknown, out: { text: string }): void {
  // Writing stops soon after the limit, so that a huge value costs no more than a small one.
  if (out.text.length > MAX_ECHO_CHARS) return
  const shape = shapeName === undefined ? undefined : model.shapes.get(shapeName)
  if (shape?.type === 'list' && Array.isArray(value)) {
    writeAll(out, '[', ']', value, (item) => write(model, shape.member?.shape, item, out))
  } else if (shape?.type === 'map' && isObject(value)) {
    writeAll(out, '{', '}', Object.entries(value), ([key, item]) => {
      out.text += `${key}=`
      write(model, shape.value?.shape, item, out)
    })
  } else if (shape?.type === 'structure' && isObject(value)) {
    const present = Object.entries(shape.members ?? {}).filter(([name]) => value[name] != null)
    writeAll(out, `${shapeName}(`, ')', present, ([name, reference]) => {
      out.text += `${lowerFirst(name)}=`
      write(model, reference.shape, value[name], out)
    })
  } else out.text += typeof value === 'string' ? value.slice(0, MAX_ECHO_CHARS + 1) : String(value)
}

function writeAll<T>(out: { text: string }, open: string, close: string, items: Iterable<T>, each: (item: T) => void) {
  out.text += open
  let first = true
  for (const item of items) {
    if (out.text.length > MAX_ECHO_CHARS) return
    if (!first) out.text += ', '
    first = false
    each(item)
  }
  out.text += close
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The service writes a member's name in paths and values with its first letter in lower case. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

const sensitive = new WeakMap<Shape, boolean>()

/** Whether a shape is sensitive or holds something that is; such values never appear in a text. */
export function holdsSecrets(model: ServiceModel, shapeName: ShapeName): boolean {
  const shape = model.shapes.get(shapeName)
  if (!shape) return true
  const known = sensitive.get(shape)
  if (known !== undefined) return known
  const found = reaches(model, shapeName, new Set())
  sensitive.set(shape, found)
  return found
}

function reaches(model: ServiceModel, shapeName: ShapeName, seen: Set<ShapeName>): boolean {
  if (seen.has(shapeName)) return false
  seen.add(shapeName)
  const shape = model.shapes.get(shapeName)
  if (!shape || shape.sensitive) return true
  const inner = [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]
  return inner.some((reference) => reference !== undefined && reaches(model, reference.shape, seen))
}
