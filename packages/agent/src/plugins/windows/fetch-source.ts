import { sizeOf } from '#platform/index.ts'
import { DownloadError } from '#plugins/download/address.ts'
import { checkHash } from '#plugins/download/check-hash.ts'
import { httpGet } from '#plugins/download/http-get.ts'
import { createAllowance, saveFile } from '#plugins/download/save.ts'
import type { TaskOrder } from '#runner/index.ts'

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text)

/** Brings what a step names, by https or by its place on this host, and checks its hash where one is given; answers where it lies. */
export async function fetchSource(
  source: string,
  sourceHash: string | undefined,
  target: string,
  { settings }: Pick<TaskOrder, 'settings'>,
): Promise<string> {
  const isRemote = /^https?:/i.test(source)
  if (isRemote) {
    const answer = await httpGet(source, {
      allowInsecure: sourceHash !== undefined,
      allowLinkLocal: settings.allowLinkLocal,
    })
    await saveFile(target, answer, createAllowance())
  } else if ((await sizeOf(source)) === undefined) throw new DownloadError(`there is no file ${source}`)
  const file = isRemote ? target : source
  if (sourceHash !== undefined) await checkHash(file, sourceHash.toLowerCase())
  return file
}
