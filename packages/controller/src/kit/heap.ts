import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Keeps this process's memory near what is alive. V8's own limits are made for speed where memory is plenty: with
 * output passing through, answers and the buffers of links gather by the hundred megabytes before it looks at them.
 * To be called once, when the program has started.
 */
export function boundHeap(): void {
  // The young generation stays as large as starting made it (32 MB); it would grow to 128 MB.
  setFlagsFromString('--semi-space-growth-factor=1')
  // Buffers lie outside the heap; with this, dead young ones are looked for at 8 MB, not at 64 MB.
  setFlagsFromString('--scavenger-max-new-space-capacity-mb=2')
  // The old generation is collected when it has grown by a fifth, not by half and more.
  setFlagsFromString('--heap-growing-percent=20')
  collectOnce()
}

/** What starting left behind; the first limit of the old generation, which is much higher, ends with it. */
function collectOnce(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  collect()
}
