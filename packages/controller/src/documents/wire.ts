import type {
  AttachmentContent,
  DocumentDescription,
  DocumentIdentifier,
  DocumentParameter,
  DocumentRequires,
} from '@muster/protocol/api'
import type { TypedDocument } from '@muster/protocol/contents'
import type { ParameterDefinition } from '@muster/protocol/documents'
import { type Tag, toTagList } from '#tags/index.ts'
import { attachmentPath } from './attachment-route.ts'
import type { DocumentsDeps } from './deps.ts'
import type { Attachment, DocumentSummary, DocumentVersion, Requirement } from './document.ts'

const toShared = (document: DocumentSummary) => ({
  Name: document.name,
  Owner: document.owner,
  CreatedDate: document.createdAt / 1000,
  ...(document.displayName === undefined ? {} : { DisplayName: document.displayName }),
  ...(document.versionName === undefined ? {} : { VersionName: document.versionName }),
  DocumentVersion: String(document.version),
  PlatformTypes: [...document.platformTypes],
  DocumentType: document.documentType,
  ...(document.schemaVersion === undefined ? {} : { SchemaVersion: document.schemaVersion }),
  DocumentFormat: document.format,
  ...(document.targetType === undefined ? {} : { TargetType: document.targetType }),
  ...toRequires(document.requires),
  ...(document.reviewStatus === undefined ? {} : { ReviewStatus: document.reviewStatus }),
  Author: document.author,
})

export const toIdentifier = (document: DocumentSummary, tags: readonly Tag[]): DocumentIdentifier => ({
  ...toShared(document),
  Tags: toTagList(tags),
})

/** What a description says of a version's reviews; nothing where there is none. */
export interface ReviewFacts {
  readonly last?: { readonly at: number; readonly status: 'APPROVED' | 'REJECTED'; readonly reviewer: string }
  readonly approved?: number
  readonly pending?: number
}

export const toDescription = (
  document: DocumentVersion,
  { parameters }: TypedDocument,
  tags: readonly Tag[],
  { last, approved, pending }: ReviewFacts = {},
): DocumentDescription => ({
  ...toShared(document),
  Hash: document.hash,
  HashType: 'Sha256',
  Status: 'Active',
  ...(document.description === undefined ? {} : { Description: document.description }),
  ...(parameters.length === 0 && document.documentType !== 'Command'
    ? {}
    : { Parameters: parameters.map(toParameter) }),
  LatestVersion: String(document.latestVersion),
  DefaultVersion: String(document.defaultVersion),
  Tags: toTagList(tags),
  ...(document.attachments.length === 0
    ? {}
    : { AttachmentsInformation: document.attachments.map(({ name }) => ({ Name: name })) }),
  ...(last === undefined
    ? {}
    : { ReviewInformation: [{ ReviewedTime: last.at / 1000, Status: last.status, Reviewer: last.reviewer }] }),
  ...(approved === undefined ? {} : { ApprovedVersion: String(approved) }),
  ...(pending === undefined ? {} : { PendingReviewVersion: String(pending) }),
})

/** Requires as the API has it, to be spread. */
export const toRequires = (requires: readonly Requirement[]): { Requires?: DocumentRequires[] } =>
  requires.length === 0
    ? {}
    : {
        Requires: requires.map(({ name, version, versionName, requireType }) => ({
          Name: name,
          ...(version === undefined ? {} : { Version: version }),
          ...(requireType === undefined ? {} : { RequireType: requireType }),
          ...(versionName === undefined ? {} : { VersionName: versionName }),
        })),
      }

/** Attachments with URLs under which their bytes can be had for an hour; without where no URL of ours is known. */
export function toAttachments(
  attachments: readonly Attachment[],
  deps: Pick<DocumentsDeps, 'sealer' | 'clock' | 'publicUrls'>,
): { AttachmentsContent?: AttachmentContent[] } {
  if (attachments.length === 0) return {}
  const [base] = deps.publicUrls()
  const AttachmentsContent = attachments.map(({ name, size, sha256 }) => ({
    ...{ Name: name, Size: size, Hash: sha256, HashType: 'Sha256' as const },
    ...(base === undefined ? {} : { Url: `${base.replace(/\/$/, '')}${attachmentPath(deps, sha256)}` }),
  }))
  return { AttachmentsContent }
}

// The model has two types only: what is a list of texts to SendCommand, and all else.
const toParameter = ({ name, type, description, default: value }: ParameterDefinition): DocumentParameter => ({
  Name: name,
  Type: type === 'StringList' || type === 'MapList' ? 'StringList' : 'String',
  ...(description === undefined ? {} : { Description: description }),
  ...(value === undefined ? {} : { DefaultValue: typeof value === 'string' ? value : JSON.stringify(value) }),
})
