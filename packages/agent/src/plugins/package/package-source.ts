import { join } from 'node:path'
import { documentHash, type FrozenDocument } from '@muster/protocol/delivery'
import { readRegistration } from '#enrol/index.ts'
import { askAgent } from '#local/index.ts'
import { DownloadError } from '#plugins/download/address.ts'
import { checkHash } from '#plugins/download/check-hash.ts'
import { httpGet } from '#plugins/download/http-get.ts'
import { createAllowance, saveFile } from '#plugins/download/save.ts'
import type { Manifest } from './manifest.ts'

/** A version of a package as the controller has it. */
export interface PackageVersion {
  readonly manifest: Manifest
  /** Brings one of its files into a folder; answers where it lies. Its content was checked against the hash. */
  fetch(file: string, sha256: string, folder: string): Promise<string>
}

/** Where versions of packages come from. */
export type PackageSource = (document: FrozenDocument | undefined) => Promise<PackageVersion>

/** The controller, asked over the running agent as this node. */
export const controllerSource =
  (data: string): PackageSource =>
  async (document) => {
    if (document?.kind === 'problem') throw new DownloadError(document.problem)
    if (document?.kind !== 'version')
      throw new DownloadError(
        'A package can only be named by a document of the controller: its version is settled when the command is accepted',
      )
    const { name, version, hash } = document
    const answer = await askAgent(data, { operation: 'GetDocument', input: { Name: name, DocumentVersion: version } })
    if (!answer.ok)
      throw new DownloadError(`${name} cannot be had: ${answer.code}${answer.message && `: ${answer.message}`}`)
    const { Content, AttachmentsContent }: { Content?: unknown; AttachmentsContent?: unknown } = Object(answer.output)
    if (typeof Content !== 'string' || documentHash(Content) !== hash)
      throw new DownloadError(`${name} version ${version} is not what it was when the command was accepted`)
    const attachments = readAttachments(AttachmentsContent)
    return {
      // Its type was checked when it was made, and its hash is that of then.
      manifest: JSON.parse(Content) as Manifest,
      fetch(file, sha256, folder) {
        const url = attachments.get(file)
        if (url === undefined) throw new DownloadError(`${name} version ${version} has no attachment ${file}`)
        return fetchFile(data, url, sha256, join(folder, 'package'))
      },
    }
  }

async function fetchFile(data: string, url: string, sha256: string, file: string): Promise<string> {
  const caPem = readRegistration(data)?.caPem
  // The controller's own address: what the host's policy says of foreign ones does not count.
  const answer = await httpGet(url, {
    allowInsecure: true,
    allowLinkLocal: true,
    ...(caPem !== undefined && { caPem }),
  })
  await saveFile(file, answer, createAllowance())
  await checkHash(file, sha256)
  return file
}

function readAttachments(value: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const attachment of Array.isArray(value) ? value : []) {
    const { Name, Url }: { Name?: unknown; Url?: unknown } = Object(attachment)
    if (typeof Name === 'string' && typeof Url === 'string') found.set(Name, Url)
  }
  return found
}
