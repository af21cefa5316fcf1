import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'

export interface TagsDeps {
  readonly home: Home
}

/** What a slice tells about its resources so that they can carry tags. */
export interface TaggedKind {
  arn(id: string): string
  /** The id in an ARN of this type; undefined for another one. */
  idOf(arn: string): string | undefined
  /** The id under which tags are kept, where one resource goes by several; the same as in its ARN. */
  keptAs?(id: string): string
  exists(db: Reader, id: string): Promise<boolean>
  /** Told once other tags of a resource are durable. */
  changed?(id: string): void
}

/** Kinds of resources that can carry tags, by the API's ResourceType. */
export type TaggedKinds = ReadonlyMap<string, TaggedKind>

/** What the operations of this slice work with. */
export interface TagOperationDeps extends TagsDeps {
  readonly kinds: TaggedKinds
}
