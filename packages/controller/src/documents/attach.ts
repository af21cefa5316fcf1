import type { AttachmentsSource } from '@muster/protocol/api'
import type { ContentFormat, DocumentType, TypedDocument } from '@muster/protocol/contents'
import { parseTyped } from '@muster/protocol/contents'
import type { OperationContext } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { BucketRefused } from '#objects/index.ts'
import { readSources, type WantedFile } from './attachment-source.ts'
import type { DocumentOperationDeps } from './deps.ts'
import type { Attachment } from './document.ts'

export const MAX_ATTACHMENTS = 20
/** One file; it is fetched while its caller waits. */
export const MAX_ATTACHMENT_BYTES = 256 * 1024 * 1024

type Context = Pick<OperationContext<'CreateDocument' & 'UpdateDocument'>, 'authorise' | 'signal'> & {
  refuse(code: 'AccessDeniedException' | 'InvalidDocumentContent' | 'ValidationException', text?: string): Error
}

interface Content {
  readonly type: DocumentType
  readonly content: string
  readonly format: ContentFormat
}

/**
 * Fetches what a request wants attached, before its transaction. The caller must be allowed to read each object: what
 * the controller can read is more than that.
 */
export async function fetchFiles(
  deps: DocumentOperationDeps,
  sources: readonly AttachmentsSource[],
  { type, content, format }: Content,
  context: Context,
): Promise<readonly Attachment[]> {
  if (sources.length === 0) return []
  const parsed = parseTyped(type, content, format)
  // The handler refuses it, with its own code.
  if (!parsed.ok) return []
  const wanted = wantedFiles(sources, parsed.document, context)
  const objects = wanted.filter((file) => file.kind === 'object')
  const arns = objects.map(({ object }) => `arn:aws:s3:::${object.bucket}/${object.key}`)
  if (arns.length > 0) {
    const [denied] = (await context.authorise(arns, 's3:GetObject')).denied.values()
    if (denied !== undefined) throw context.refuse('AccessDeniedException', denied)
  }
  const fetched: Attachment[] = []
  for (const file of objects) fetched.push(await fetchObject(deps, file, context))
  return fetched
}

async function fetchObject(
  { buckets, attachments }: DocumentOperationDeps,
  { place, name, object }: WantedFile & { readonly kind: 'object' },
  { refuse, signal }: Context,
): Promise<Attachment> {
  try {
    const { length, chunks } = await buckets.get(object, signal)
    const large = () =>
      refuse('InvalidDocumentContent', `${place}: ${name} has more than ${MAX_ATTACHMENT_BYTES} bytes.`)
    if (length > MAX_ATTACHMENT_BYTES) throw large()
    const stored = await attachments.putStream(upTo(chunks, MAX_ATTACHMENT_BYTES, large))
    return { name, size: stored.length, sha256: stored.sha256 }
  } catch (error) {
    if (!(error instanceof BucketRefused)) throw error
    throw refuse('InvalidDocumentContent', `${place}: ${name} cannot be fetched: ${error.message}.`)
  }
}

async function* upTo(chunks: AsyncIterable<Uint8Array>, most: number, large: () => Error): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > most) throw large()
    yield chunk
  }
}

function wantedFiles(
  sources: readonly AttachmentsSource[],
  { files }: TypedDocument,
  { refuse }: Context,
): readonly WantedFile[] {
  const wanted = readSources(sources, new Set(files.keys()))
  if (typeof wanted === 'string') throw refuse('ValidationException', wanted)
  if (wanted.length > MAX_ATTACHMENTS)
    throw refuse('ValidationException', `A document has at most ${MAX_ATTACHMENTS} attachments.`)
  return wanted
}

/** All that belongs to a version: what was fetched and what other versions have; checked against what the content says. */
export async function attachFiles(
  db: Reader,
  { library }: DocumentOperationDeps,
  {
    sources,
    fetched,
    document,
  }: {
    readonly sources: readonly AttachmentsSource[]
    readonly fetched: readonly Attachment[]
    readonly document: TypedDocument
  },
  context: Context,
): Promise<readonly Attachment[]> {
  const all = [...fetched]
  for (const file of wantedFiles(sources, document, context)) {
    if (file.kind !== 'reference') continue
    const arn = library.arn(file.document)
    const denied = (await context.authorise([arn], 'ssm:GetDocument')).denied.get(arn)
    if (denied !== undefined) throw context.refuse('AccessDeniedException', denied)
    const found = await library.find(db, file.document, { version: file.version })
    const attachment =
      typeof found === 'object' ? found.attachments.find(({ name }) => name === file.attachment) : undefined
    if (!attachment)
      throw context.refuse(
        'InvalidDocumentContent',
        `${file.place}: version ${file.version} of ${file.document} has no attachment ${file.attachment}.`,
      )
    all.push({ ...attachment, name: file.name })
  }
  for (const [name, sha256] of document.files) {
    const attachment = all.find((one) => one.name === name)
    if (!attachment) throw context.refuse('InvalidDocumentContent', `files.${name} is not attached.`)
    if (sha256 !== undefined && sha256 !== attachment.sha256)
      throw context.refuse(
        'InvalidDocumentContent',
        `files.${name}.checksums.sha256 is not that of the attachment: ${attachment.sha256}.`,
      )
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}
