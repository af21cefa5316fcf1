import type { ContentFormat, DocumentType } from '@muster/protocol/contents'
import type { Platform } from '@muster/protocol/documents'
import { type Home, ssmArn } from '#kit/identity.ts'

/** The owner of the documents that come with Muster, by the name that the API has for it. */
export const AMAZON = 'Amazon'

/** A document that must be there for another one to work. */
export interface Requirement {
  /** Name or ARN, as it was given. */
  readonly name: string
  readonly version?: string
  readonly versionName?: string
  readonly requireType?: string
}

/** A file that belongs to one version of a document. */
export interface Attachment {
  readonly name: string
  readonly size: number
  /** Hex: also its key among the objects. */
  readonly sha256: string
}

export type ReviewStatus = 'APPROVED' | 'NOT_REVIEWED' | 'PENDING' | 'REJECTED'

/** What lists show of a document: its default version, without the text. */
export interface DocumentSummary {
  readonly name: string
  /** `Amazon`, or the account's id. */
  readonly owner: string
  readonly documentType: DocumentType
  readonly displayName: string | undefined
  readonly targetType: string | undefined
  readonly defaultVersion: number
  readonly latestVersion: number
  readonly version: number
  readonly versionName: string | undefined
  readonly format: ContentFormat
  /** Undefined for types whose content has none. */
  readonly schemaVersion: string | undefined
  readonly description: string | undefined
  readonly platformTypes: readonly Platform[]
  readonly requires: readonly Requirement[]
  /** ARN of who made this version. */
  readonly author: string
  /** Undefined for versions that were never meant for a review. */
  readonly reviewStatus: ReviewStatus | undefined
  /** When this version was made. */
  readonly createdAt: number
}

/** One version of a document. */
export interface DocumentVersion extends DocumentSummary {
  readonly content: string
  readonly hash: string
  /** By name. */
  readonly attachments: readonly Attachment[]
}

/** Which version is meant: `$DEFAULT` when nothing is said. */
export interface VersionChoice {
  readonly version?: string | undefined
  readonly versionName?: string | undefined
}

export const MAX_DOCUMENTS = 500
export const MAX_VERSIONS = 1000
const RESERVED_NAME = /^(aws|amazon|amzn)/i
const DOCUMENT_ARN = /^arn:aws[a-z-]*:ssm:[a-z0-9-]*:(\d{12})?:document\/([a-zA-Z0-9_.-]+)$/

/** Names that an account cannot give to its own documents. */
export const isReservedName = (name: string): boolean => RESERVED_NAME.test(name)

/** Name of a document that is given by name or ARN; undefined for an ARN of another account or another thing. */
export function toName(home: Home, nameOrArn: string): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn
  const [, account, name] = DOCUMENT_ARN.exec(nameOrArn) ?? []
  return account === undefined || account === home.accountId ? name : undefined
}

/** ARN of a document that is given by name or ARN, for decisions; what comes with Muster has no account in it. */
export function documentArn(home: Home, nameOrArn: string, isBuiltin: (name: string) => boolean): string {
  const name = toName(home, nameOrArn)
  if (name === undefined) return nameOrArn
  return isBuiltin(name) ? `arn:aws:ssm:${home.region}::document/${name}` : ssmArn(home, `document/${name}`)
}

/** The number of the version that is chosen; undefined when no number can be meant. */
export function versionNumber(
  choice: string | undefined,
  document: { readonly defaultVersion: number; readonly latestVersion: number },
): number | undefined {
  if (choice === undefined || choice === '$DEFAULT') return document.defaultVersion
  if (choice === '$LATEST') return document.latestVersion
  const number = Number(choice)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}
