import type { TagCondition } from '#tags/index.ts'
import { AMAZON, type DocumentSummary } from './document.ts'

export interface Condition {
  readonly key: string
  readonly values: readonly string[]
}

/** What a document must be to be listed. */
export interface DocumentFilter {
  matches(document: Listed): boolean
  readonly tags: readonly TagCondition[]
}

export type FilterResult =
  | { readonly ok: true; readonly filter: DocumentFilter }
  | { readonly ok: false; readonly problem: 'key' }
  | { readonly ok: false; readonly problem: 'value'; readonly text: string }

type Test = (document: Listed, value: string) => boolean

interface Key {
  readonly known?: readonly string[]
  readonly test: Test
}

const contains = (text: string | undefined, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) === true

/** A document as filters see it. */
export interface Listed extends DocumentSummary {
  /** Shared with everyone. */
  readonly isPublic: boolean
}

// Other accounts do not reach this controller, so there are no documents of third parties, and none that they share.
const OWNERS: Readonly<Record<string, (document: Listed) => boolean>> = {
  Self: ({ owner }) => owner !== AMAZON,
  Private: ({ owner, isPublic }) => owner !== AMAZON && !isPublic,
  Amazon: ({ owner }) => owner === AMAZON,
  Public: ({ isPublic }) => isPublic,
  ThirdParty: () => false,
  All: () => true,
  Default: () => true,
}

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['Name', { test: ({ name }, prefix) => name.startsWith(prefix) }],
  ['Owner', { known: Object.keys(OWNERS), test: (document, value) => OWNERS[value]?.(document) === true }],
  [
    'PlatformTypes',
    {
      known: ['Windows', 'Linux', 'MacOS'],
      test: ({ platformTypes }, value) => platformTypes.some((platform) => platform === value),
    },
  ],
  ['DocumentType', { test: ({ documentType }, value) => documentType === value }],
  ['TargetType', { test: ({ targetType }, value) => targetType === value }],
  ['DocumentFormat', { known: ['JSON', 'YAML', 'TEXT'], test: ({ format }, value) => format === value }],
  ['VersionName', { test: ({ versionName }, value) => versionName === value }],
  ['ReviewStatus', { test: ({ reviewStatus = 'NOT_REVIEWED' }, value) => reviewStatus === value }],
  ['Author', { test: ({ author }, value) => author === value }],
  ['SchemaVersion', { test: ({ schemaVersion }, value) => schemaVersion === value }],
  [
    'SearchKeyword',
    {
      test: ({ name, displayName, description }, value) =>
        contains(name, value) || contains(displayName, value) || contains(description, value),
    },
  ],
])

/** Reads the filters of ListDocuments: conditions all hold, any of a condition's values. */
export function parseDocumentFilter(conditions: readonly Condition[]): FilterResult {
  const tests: ((document: Listed) => boolean)[] = []
  const tags: TagCondition[] = []
  const seen = new Set<string>()
  for (const { key, values } of conditions) {
    if (seen.has(key) || values.length === 0) return { ok: false, problem: 'key' }
    seen.add(key)
    if (key.startsWith('tag:') && key.length > 'tag:'.length) {
      tags.push({ keys: [key.slice('tag:'.length)], values })
      continue
    }
    const known = KEYS.get(key)
    if (!known) return { ok: false, problem: 'key' }
    const bad = values.find((value) => known.known?.includes(value) === false)
    if (bad !== undefined) return { ok: false, problem: 'value', text: `${bad} is not a value of the filter ${key}.` }
    tests.push((document) => values.some((value) => known.test(document, value)))
  }
  return { ok: true, filter: { tags, matches: (document) => tests.every((test) => test(document)) } }
}
