export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }
export type JsonObject = { readonly [member: string]: Json }

export type ReadJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly text: string }

/** Reads JSON in which no member is there twice: of two, all but the last would be lost without a word. */
export function readPolicyJson(text: string): ReadJson {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, text: 'Syntax errors in policy.' }
  }
  const twice = findRepeated(text)
  return twice === undefined
    ? { ok: true, value }
    : { ok: false, text: `Syntax errors in policy: ${twice} is there twice.` }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first member that one object has twice; the text must be good JSON. */
function findRepeated(text: string): string | undefined {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '{' || char === '[') open.push(new Set())
    else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = endOfString(text, at)
      if (isFollowedByColon(text, end)) {
        const member: string = JSON.parse(text.slice(at, end))
        const members = open.at(-1)
        if (members?.has(member)) return member
        members?.add(member)
      }
      at = end - 1
    }
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return text[at] === ':'
}
