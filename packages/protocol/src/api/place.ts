import { cut, lowerFirst } from './echo.ts'

const MAX_KEY_CHARS = 64

/** A place in a value, as a chain up to the top; its path is only written when a text needs it. */
export interface Place {
  readonly above: Place | undefined
  readonly kind: 'top' | 'member' | 'item' | 'entry'
  readonly step: string | number
  /** Something at or above this place is sensitive: no value and no key below it may appear in a text. */
  readonly hidden: boolean
}

/** The place of the whole value. */
export function top(hidden: boolean): Place {
  return { above: undefined, kind: 'top', step: '', hidden }
}

/** A place below another: a member by name, an item by index, an entry of a map by key (by index where keys are hidden). */
export function at(above: Place, kind: 'member' | 'item' | 'entry', step: string | number, sensitive: boolean): Place {
  return { above, kind, step, hidden: above.hidden || sensitive }
}

/** The path in the service's form: `targets.1.member.key`. */
export function pathOf({ above, kind, step }: Place): string {
  if (above === undefined) return ''
  const before = above.kind === 'top' ? '' : `${pathOf(above)}.`
  if (kind === 'member') return before + lowerFirst(String(step))
  // Items and hidden entries count from 1.
  return `${before}${typeof step === 'number' ? step + 1 : cut(step, MAX_KEY_CHARS)}.member`
}
