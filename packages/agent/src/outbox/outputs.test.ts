import { expect, it } from 'vitest'
import { createNews } from '#kit/index.ts'
import type { Spool } from '#runner/index.ts'
import { createOutputStreams } from './outputs.ts'

const aSpool = (invocationId: string): Spool => ({
  key: { invocationId, step: 0, attempt: 1, stream: 'stdout' },
  size: 100,
  complete: false,
  dropped: 0,
  read: async () => 0,
})

it('begins a new link at what is sealed, for as long as the stream is there', async () => {
  let spools = [aSpool('one')]
  const port = createOutputStreams(
    { list: async () => spools, changed: async () => {}, sealed: async () => {} },
    createNews(),
  )
  const sealedTo = async () => (await port.open()).map((stream) => stream.sealedTo)
  const [stream] = await port.open()
  await stream?.sealed(40, false)
  await stream?.sealed(30, false)
  expect(await sealedTo()).toEqual([40])
  spools = []
  expect(await sealedTo()).toEqual([])
  spools = [aSpool('one')]
  expect(await sealedTo()).toEqual([0])
})
