import type { Output, OutputReceipt } from '@muster/protocol/link'
import type { OutputPiece, OutputProgress } from './link.ts'

export interface OutputLaneDeps {
  take(piece: OutputPiece): Promise<OutputProgress>
  /** How many bytes wait, after each change. */
  waiting(bytes: number): void
  receipt(receipt: OutputReceipt): void
  failed(error: unknown): void
}

/** One link's output: pieces in their order, one at a time, and one receipt a stream for many pieces. */
export interface OutputLane {
  push(nodeKey: number, output: Output): void
}

/** A quarter of the window, so that the node need not wait for one. */
const PIECES_A_RECEIPT = 2

export function createOutputLane({ take, waiting, receipt, failed }: OutputLaneDeps): OutputLane {
  const queue: OutputPiece[] = []
  const receipts = new Map<string, OutputReceipt>()
  let bytes = 0
  let running = false

  const flush = (): void => {
    for (const one of receipts.values()) receipt(one)
    receipts.clear()
  }

  async function run(): Promise<void> {
    try {
      let taken = 0
      for (let piece = queue.shift(); piece; piece = queue.shift()) {
        const progress = await take(piece)
        bytes -= piece.data.length
        waiting(bytes)
        const { invocationId, step, attempt, stream } = piece
        const { received, sealed, ended = false } = progress
        const one = { invocationId, step, attempt, stream, received, sealed, ended }
        receipts.set(`${invocationId}/${step}/${attempt}/${stream}`, one)
        if (++taken % PIECES_A_RECEIPT === 0) flush()
      }
      flush()
    } catch (error) {
      queue.length = 0
      failed(error)
    } finally {
      // In the same turn as the last look into the queue, or a piece that comes now would wait for ever.
      running = false
    }
  }

  return {
    push(nodeKey, output) {
      bytes += output.data.length
      queue.push({ nodeKey, ...output })
      waiting(bytes)
      if (running) return
      running = true
      void run()
    },
  }
}
