import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createMasker, type Masker } from '#masking/index.ts'
import { type Appender, openAppender, readIfThere, readInto, removeAll, writePrivate } from '#platform/index.ts'
import { readMasked } from './attempt-files.ts'
import type { SpoolSizes } from './execution.ts'
import { CLAIM, FILES, HIDDEN } from './wrapper.ts'

interface Sizes {
  readonly stdout: SpoolSizes
  readonly stderr: SpoolSizes
}

/** The output of an attempt that was given secrets: spooled in memory as it is, and on the disk without them. */
export interface MaskedSpools extends AsyncDisposable {
  /** Masks what was printed since the last time. */
  follow(): Promise<void>
  /** Masks what is left of so many bytes as were spooled, answers what came of them, and removes all that is secret. */
  finish(spooled: Sizes): Promise<Sizes>
}

/** Opens what `prepare` has hidden; undefined where nothing is, or not any more. */
export async function openMaskedSpools(hidden: string, folder: string): Promise<MaskedSpools | undefined> {
  const secrets = await readIfThere(join(hidden, HIDDEN.values))
  if (secrets === undefined) return undefined
  if (await readMasked(folder)) {
    // An earlier life ended in the middle of this.
    await removeHidden(hidden)
    return undefined
  }
  // This program wrote it, whole, before it started the script.
  const values = JSON.parse(secrets) as string[]
  const open = async (name: 'stdout' | 'stderr') =>
    new MaskedSpool(join(hidden, name), await openAppender(join(folder, name)), createMasker(values))
  const [stdout, stderr] = await Promise.all([open(FILES.stdout), open(FILES.stderr)])
  let last: Promise<unknown> = Promise.resolve()
  const follow = (): Promise<void> => {
    const next = last.then(() => Promise.all([stdout.follow(), stderr.follow()])).then(() => {})
    last = next.catch(() => {})
    return next
  }
  return {
    follow,
    async finish(spooled) {
      await follow()
      const sizes = { stdout: await stdout.finish(spooled.stdout), stderr: await stderr.finish(spooled.stderr) }
      const numbers = [sizes.stdout, sizes.stderr].flatMap(({ kept, dropped }) => [kept, dropped])
      await writePrivate(join(folder, FILES.masked), `masked ${numbers.join(' ')} .\n`)
      await removeHidden(hidden)
      return sizes
    },
    async [Symbol.asyncDispose]() {
      await last
      await stdout[Symbol.asyncDispose]()
      await stderr[Symbol.asyncDispose]()
    },
  }
}

/** All but the claim, which says for ever that this attempt ran. */
async function removeHidden(hidden: string): Promise<void> {
  for (const name of await readdir(hidden)) if (name !== CLAIM) await removeAll(join(hidden, name))
}

const PIECE_BYTES = 64 * 1024

/** One stream. A new life of the agent masks it from the beginning, and writes what its earlier one did not. */
class MaskedSpool implements AsyncDisposable {
  readonly #raw: string
  readonly #file: Appender
  readonly #masker: Masker
  readonly #piece = new Uint8Array(PIECE_BYTES)
  #read = 0
  #told = 0
  #isFull = false

  constructor(raw: string, file: Appender, masker: Masker) {
    this.#raw = raw
    this.#file = file
    this.#masker = masker
  }

  async follow(): Promise<void> {
    for (;;) {
      const bytes = await readInto(this.#raw, this.#read, this.#piece)
      if (bytes === 0) return
      this.#read += bytes
      await this.#tell(this.#masker.push(this.#piece.subarray(0, bytes)))
    }
  }

  async finish({ dropped }: SpoolSizes): Promise<SpoolSizes> {
    await this.#tell(this.#masker.end())
    const { size } = this.#file
    return { kept: size, dropped: dropped + this.#told - size }
  }

  async #tell(bytes: Uint8Array): Promise<void> {
    const written = Math.min(bytes.length, Math.max(0, this.#file.size - this.#told))
    this.#told += bytes.length
    // What a full disk left out leaves a gap: nothing may come behind it.
    if (written === bytes.length || this.#isFull) return
    this.#isFull = !(await this.#file.append(bytes.subarray(written)))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file[Symbol.asyncDispose]()
  }
}
