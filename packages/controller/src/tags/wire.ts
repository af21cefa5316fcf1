import type { Tag } from './tag.ts'

interface WireTag {
  Key: string
  Value: string
}

export const fromTagList = (list: readonly WireTag[] | undefined): Tag[] =>
  (list ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }))

export const toTagList = (tags: readonly Tag[]): WireTag[] => tags.map(({ key, value }) => ({ Key: key, Value: value }))
