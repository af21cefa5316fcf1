import { mkdir } from 'node:fs/promises'
import { revealSecrets } from '@muster/protocol/documents'
import type { Plain } from '@muster/protocol/kit'
import { oneOf, optional, task, text } from '#runner/index.ts'
import { DownloadError } from './download/address.ts'
import { createAllowance } from './download/save.ts'
import { type Download, sources } from './download/sources.ts'

const inputs = {
  sourceType: oneOf('GitHub', 'Git', 'HTTP', 'S3', 'SSMDocument'),
  sourceInfo: (value: unknown): unknown => value,
  destinationPath: optional(text),
}

/** `aws:downloadContent`: brings files to the host, by default into the folder that the steps of the command share. */
export const downloadContent = task({
  action: 'aws:downloadContent',
  since: 1,
  platforms: ['linux', 'darwin', 'win32'],
  inputs,
  // The type decides how the rest is read.
  check: ({ sourceType, sourceInfo }) => void sources[sourceType](sourceInfo),

  async perform({ sourceType, sourceInfo, destinationPath }, order, io) {
    await mkdir(order.downloads, { recursive: true })
    const download: Download = { order, destinationPath, allowance: createAllowance() }
    try {
      const revealed = revealSecrets(readInfo(sourceInfo), io.secret ?? (() => undefined))
      for (const path of await sources[sourceType](revealed)(download)) io.out(`Content downloaded to ${path}\n`)
      return 0
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error
      io.err(`${error.message}\n`)
      return 1
    }
  },
  outcome: (code) => (code === 0 ? { status: 'success' } : { status: 'failed' }),
})

/** As a value: in its JSON text a secret would have to be written as JSON has it. */
function readInfo(sourceInfo: unknown): Plain {
  try {
    return (typeof sourceInfo === 'string' ? JSON.parse(sourceInfo) : sourceInfo) as Plain
  } catch {
    // The source itself says what is wrong with it.
    return sourceInfo as string
  }
}
