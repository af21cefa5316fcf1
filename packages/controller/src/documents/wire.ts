import type { DocumentDescription, DocumentIdentifier, DocumentParameter } from '@muster/protocol/api'
import type { Document, ParameterDefinition } from '@muster/protocol/documents'
import { type Tag, toTagList } from '#tags/index.ts'
import type { DocumentSummary, DocumentVersion } from './document.ts'

const toShared = (document: DocumentSummary) => ({
  Name: document.name,
  Owner: document.owner,
  CreatedDate: document.createdAt / 1000,
  ...(document.displayName === undefined ? {} : { DisplayName: document.displayName }),
  ...(document.versionName === undefined ? {} : { VersionName: document.versionName }),
  DocumentVersion: String(document.version),
  PlatformTypes: [...document.platformTypes],
  DocumentType: document.documentType,
  SchemaVersion: document.schemaVersion,
  DocumentFormat: document.format,
  ...(document.targetType === undefined ? {} : { TargetType: document.targetType }),
})

export const toIdentifier = (document: DocumentSummary, tags: readonly Tag[]): DocumentIdentifier => ({
  ...toShared(document),
  Tags: toTagList(tags),
})

export const toDescription = (
  document: DocumentVersion,
  { parameters }: Document,
  tags: readonly Tag[],
): DocumentDescription => ({
  ...toShared(document),
  Hash: document.hash,
  HashType: 'Sha256',
  Status: 'Active',
  ...(document.description === undefined ? {} : { Description: document.description }),
  Parameters: parameters.map(toParameter),
  LatestVersion: String(document.latestVersion),
  DefaultVersion: String(document.defaultVersion),
  Tags: toTagList(tags),
})

// The model has two types only: what is a list of texts to SendCommand, and all else.
const toParameter = ({ name, type, description, default: value }: ParameterDefinition): DocumentParameter => ({
  Name: name,
  Type: type === 'StringList' || type === 'MapList' ? 'StringList' : 'String',
  ...(description === undefined ? {} : { Description: description }),
  ...(value === undefined ? {} : { DefaultValue: typeof value === 'string' ? value : JSON.stringify(value) }),
})
