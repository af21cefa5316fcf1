import type { Upload } from './store.ts'

/** Addresses of a step's streams in its bucket; empty until they are there. */
export function urlsOf(
  uploads: readonly Upload[],
  step: number | undefined,
): { readonly StandardOutputUrl: string; readonly StandardErrorUrl: string } {
  const find = (stream: Upload['stream']): string =>
    uploads.find((upload) => upload.step === step && upload.stream === stream)?.url ?? ''
  return { StandardOutputUrl: find('stdout'), StandardErrorUrl: find('stderr') }
}
