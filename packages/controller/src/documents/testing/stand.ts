import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '#db/index.ts'
import { createBuckets, createObjects, type Objects } from '#objects/index.ts'
import { openStand, type Stand, type StandOptions } from '#tags/testing/stand.ts'
import { createDocuments, type Documents } from '../index.ts'

export interface DocumentStand extends Stand {
  readonly documents: Documents
  readonly attachments: Objects
  /** Puts a file where documents fetch attachments from. */
  putObject(bucket: string, key: string, text: string): Promise<void>
  /** What a client gets from an URL of GetDocument. */
  download(url: string): Promise<{ readonly status: number; readonly text: string }>
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A small Command document, changed. */
export const content = (changes: object = {}): string =>
  JSON.stringify({
    schemaVersion: '2.2',
    description: 'Says hello.',
    parameters: {
      who: { type: 'StringList', description: 'Whom to greet.', default: ['world'] },
      times: { type: 'Integer', default: 1 },
      flat: { type: 'String' },
    },
    mainSteps: [{ action: 'aws:runShellScript', name: 'hello', inputs: { runCommand: ['echo {{ who }}', 'exit 0'] } }],
    ...changes,
  })

/** A stand with the slice of documents, its objects and buckets in a folder that goes with it. */
export async function openDocuments(db: Database, options: StandOptions = {}): Promise<DocumentStand> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-documents-'))
  let documents: Documents | undefined
  const attachments = createObjects({ folder: join(folder, 'attachments') })
  let buckets: ReturnType<typeof createBuckets> | undefined
  const stand = await openStand(
    db,
    (parts) => {
      buckets = createBuckets({ folder: join(folder, 'buckets') }, parts.clock)
      documents = createDocuments({ ...parts, attachments, buckets, publicUrls: () => ['https://muster.test/'] })
      return documents.operations
    },
    options,
  )
  if (!documents || !buckets) throw new Error('documents were not wired')
  const { routes } = documents
  const places = buckets
  return {
    ...stand,
    documents,
    attachments,
    async putObject(bucket, key, text) {
      const bytes = Buffer.from(text)
      const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length)
      const { signal } = new AbortController()
      await places.put({ bucket, key, region: '' }, { length: bytes.length, read }, { signal })
    },
    async download(url) {
      const { pathname, searchParams } = new URL(url)
      const [route] = routes
      if (!route) throw new Error('documents have no route')
      const { status, body } = await route.handle({
        params: { sha256: pathname.split('/').at(-1) ?? '' },
        query: Object.fromEntries(searchParams),
        headers: {},
        body: Buffer.alloc(0),
        source: '192.0.2.1',
        origin: 'https://muster.test',
        signal: new AbortController().signal,
      })
      return { status, text: typeof body === 'object' && 'pipe' in body ? await textOf(body) : String(body) }
    },
    async [Symbol.asyncDispose]() {
      await stand[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
