import type { EnvelopeStep, FrozenDocument } from '@muster/protocol/delivery'
import { MAX_DOCUMENT_DEPTH, tooDeepText } from '@muster/protocol/documents'
import type { Plain } from '@muster/protocol/kit'
import { oneOf, optional, type TaskOrder, task, text } from '#runner/index.ts'
import { readLocalDocument } from './nested/local-document.ts'
import { runNested } from './nested/run-nested.ts'

/** A document whose steps are ready to run. */
export type NestedDocument = Pick<FrozenDocument & { kind: 'steps' }, 'schemaVersion' | 'steps'>

const inputs = {
  documentType: oneOf('SSMDocument', 'LocalPath'),
  documentPath: text,
  documentParameters: optional((value: unknown) => value as Plain),
}

/** `aws:runDocument`: runs the steps of another document as one step, one that the controller has or one that was downloaded. */
export const runDocument = task({
  action: 'aws:runDocument',
  since: 1,
  platforms: ['linux', 'darwin', 'win32'],
  inputs,

  async perform({ documentType, documentPath, documentParameters }, order, io) {
    const depth = order.depth + 1
    const found =
      depth > MAX_DOCUMENT_DEPTH
        ? tooDeepText(depth)
        : documentType === 'LocalPath'
          ? await readLocalDocument(order.downloads, documentPath, documentParameters)
          : frozenDocument(order)
    if (typeof found !== 'string') return runNested(found, { ...order, depth }, io)
    io.err(`${found}\n`)
    return 1
  },
  // No reboot: a document that is run in another one cannot be gone on with after it.
  outcome: (code) => (code === 0 ? { status: 'success' } : { status: 'failed' }),
})

function frozenDocument({
  document,
}: TaskOrder): { schemaVersion: NestedDocument['schemaVersion']; steps: readonly EnvelopeStep[] } | string {
  if (document?.kind === 'steps') return document
  if (document?.kind === 'problem') return document.problem
  return 'A document of the controller can only be run by documents of the controller: its version is settled when the command is accepted'
}
