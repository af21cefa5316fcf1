import type { News } from '#kit/index.ts'
import type { OutputPort, OutputStream } from '#link/index.ts'
import type { OutputFollower, Spool, SpoolKey } from '#runner/index.ts'

const nameOf = ({ invocationId, step, attempt, stream }: SpoolKey): string =>
  `${invocationId}/${step}/${attempt}/${stream}`

/** Spools as the link sends them; remembers what is sealed so that a new link does not begin at 0. */
export function createOutputStreams(outputs: OutputFollower, news: News): OutputPort {
  const sealedTo = new Map<string, number>()
  const toStream = (spool: Spool): OutputStream => {
    const name = nameOf(spool.key)
    return {
      ...spool.key,
      size: spool.size,
      ended: spool.complete,
      dropped: spool.dropped,
      sealedTo: sealedTo.get(name) ?? 0,
      read: (offset, into) => spool.read(offset, into),
      async sealed(offset, ended) {
        if (!ended) sealedTo.set(name, Math.max(offset, sealedTo.get(name) ?? 0))
        await outputs.sealed(spool.key, { ended })
      },
    }
  }
  return {
    news,
    async open() {
      const spools = await outputs.list()
      const present = new Set(spools.map(({ key }) => nameOf(key)))
      // Small output goes away with its result, unsealed.
      for (const name of sealedTo.keys()) if (!present.has(name)) sealedTo.delete(name)
      return spools.map(toStream)
    },
  }
}
