import { open, rm } from 'node:fs/promises'

/** One write and one sync after another over preallocated space, with nothing around them; answers the seconds it took. */
export async function bareSyncs(file: string, writes: readonly Uint8Array[], times: number): Promise<number> {
  const space = 1024 * 1024
  const handle = await open(file, 'w+')
  try {
    await handle.write(new Uint8Array(space), 0, space, 0)
    await handle.sync()
    let offset = 0
    const started = performance.now()
    for (let time = 0; time < times; time++) {
      for (const bytes of writes) {
        if (offset + bytes.length > space) offset = 0
        await handle.write(bytes, 0, bytes.length, offset)
        await handle.datasync()
        offset += bytes.length
      }
    }
    return (performance.now() - started) / 1000
  } finally {
    await handle.close()
    await rm(file)
  }
}
