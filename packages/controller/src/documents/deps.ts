import type { Clock } from '@muster/protocol/kit'
import type { Database, Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Buckets, Objects } from '#objects/index.ts'
import type { Tags } from '#tags/index.ts'
import type { DocumentVersion, VersionChoice } from './document.ts'

export interface DocumentsDeps {
  readonly db: Database
  readonly home: Home
  readonly clock: Clock
  readonly sealer: Pick<Sealer, 'mac'>
  readonly tags: Tags
  /** A place of its own for attachments: what no row names there is removed. */
  readonly attachments: Objects
  /** Where attachments are fetched from. */
  readonly buckets: Pick<Buckets, 'get'>
  /** How clients reach this controller, asked at each answer; the first one is used. */
  readonly publicUrls: () => readonly string[]
}

/** Finds documents, the account's own and those that come with Muster. */
export interface Library {
  readonly builtins: ReadonlyMap<string, DocumentVersion>
  find(db: Reader, nameOrArn: string, choice: VersionChoice): Promise<DocumentVersion | 'version-missing' | undefined>
  arn(nameOrArn: string): string
  /** Name in an ARN of a document of this account, or of one that comes with Muster; names are given back. */
  nameOf(nameOrArn: string): string | undefined
}

/** What the operations of this slice work with. */
export interface DocumentOperationDeps extends DocumentsDeps {
  readonly library: Library
}
