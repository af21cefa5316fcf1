/** Memory of one size that is used again: as garbage it would have the collector look at the whole heap. */
export interface Blocks {
  take(): Uint8Array
  /** Nobody else may use the block any more. */
  give(block: Uint8Array): void
  /** Lets go of all that is not in use. */
  clear(): void
}

export const BLOCK_BYTES = 64 * 1024

/** Keeps at most so many bytes for later. */
export function createBlocks(mostBytes: number): Blocks {
  const free: Uint8Array[] = []
  return {
    take: () => free.pop() ?? new Uint8Array(BLOCK_BYTES),
    give(block) {
      if ((free.length + 1) * BLOCK_BYTES <= mostBytes) free.push(block)
    },
    clear() {
      free.length = 0
    },
  }
}
