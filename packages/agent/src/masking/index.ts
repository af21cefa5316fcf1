/**
 * Takes values out of a stream of bytes: in come secrets, then pieces of what a script prints; out go the same pieces
 * with `****` in place of every secret and of the forms that programs commonly print it in. What comes out depends on
 * the stream alone and not on how it was cut into pieces, so that a reader who begins again gets the same bytes.
 */
export { createMasker, type Masker } from './masker.ts'
