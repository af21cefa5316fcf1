import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import type { EntryContent } from './names.ts'

/** The entries of a tar archive, in its order. */
export async function* readTar(file: string, isZipped: boolean): AsyncGenerator<EntryContent> {
  // Loaded when it is needed: the agent itself never is the one.
  const { createTarDecoder } = await import('modern-tar')
  const bytes = createReadStream(file)
  const plain = isZipped ? bytes.pipe(createGunzip()) : bytes
  if (isZipped) bytes.once('error', (error) => plain.destroy(error))
  try {
    const decoder = createTarDecoder({ strict: true })
    const entries = (Readable.toWeb(plain) as ReadableStream<Uint8Array>).pipeThrough(decoder)
    for await (const { header, body } of entries as unknown as AsyncIterable<Entry>) {
      const { name, mode = 0, type = 'file' } = header
      const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : { other: type.replaceAll('-', ' ') }
      let isTaken = false
      yield {
        ...{ name, kind, mode },
        content: async () => {
          isTaken = true
          return Readable.fromWeb(body as NodeReadableStream<Uint8Array>)
        },
      }
      if (!isTaken) await body.cancel()
    }
  } finally {
    plain.destroy()
    bytes.destroy()
  }
}

interface Entry {
  readonly header: { readonly name: string; readonly mode?: number; readonly type?: string }
  readonly body: ReadableStream<Uint8Array>
}
