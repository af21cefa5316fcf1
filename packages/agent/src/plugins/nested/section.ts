import type { TaskIo } from '#runner/index.ts'

/** The part of a step's output that one step inside it prints; each stream says whose it is before its first byte. */
export interface Section extends Pick<TaskIo, 'out' | 'err'> {
  /** Whatever comes next begins on a line of its own. */
  end(): void
}

/** Puts a step's name before its output. */
export function createSection(name: string, { out, err }: Pick<TaskIo, 'out' | 'err'>): Section {
  const streams = [createStream(name, out), createStream(name, err)] as const
  return { out: streams[0].write, err: streams[1].write, end: () => streams.forEach((stream) => void stream.end()) }
}

const NEW_LINE = 10

function createStream(name: string, write: TaskIo['out']) {
  let last: number | undefined
  return {
    write(piece: string | Uint8Array): void {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
      if (bytes.length === 0) return
      if (last === undefined) write(`${name} output:\n`)
      last = bytes.at(-1)
      write(bytes)
    },
    end(): void {
      if (last !== undefined && last !== NEW_LINE) write('\n')
    },
  }
}
