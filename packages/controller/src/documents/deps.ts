import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Tags } from '#tags/index.ts'
import type { DocumentVersion, VersionChoice } from './document.ts'

export interface DocumentsDeps {
  readonly home: Home
  readonly sealer: Pick<Sealer, 'mac'>
  readonly tags: Tags
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
