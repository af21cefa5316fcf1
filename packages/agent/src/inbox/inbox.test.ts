import type { Work } from '@muster/protocol/link'
import { expect, it } from 'vitest'
import { JournalFull } from '#journal/index.ts'
import { InvalidWork } from '#runner/index.ts'
import { createInbox } from './index.ts'

const aWork = (invocationId: string): Work => ({
  invocationId,
  commandId: 'command-1',
  envelope: new Uint8Array(1),
  deliverBy: 1,
  expiresAt: 2,
  signatures: [],
})

it('says whether work was there already', async () => {
  const held: string[] = []
  const inbox = createInbox({
    holding: () => held,
    cancel: async () => {},
    async accept({ invocationId }) {
      if (held.includes(invocationId)) return 'known'
      held.push(invocationId)
      return 'accepted'
    },
  })
  expect(await inbox.accept(aWork('one'))).toEqual({ known: false })
  expect(await inbox.accept(aWork('one'))).toEqual({ known: true })
})

it('leaves work with the controller when it cannot be journaled or has no proper id, and fails on anything else', async () => {
  const errors = [new JournalFull('no space left'), new InvalidWork('"/" is not an invocation id'), new Error('other')]
  const inbox = createInbox({
    holding: () => [],
    cancel: async () => {},
    accept: () => Promise.reject(errors.shift()),
  })
  expect(await inbox.accept(aWork('one'))).toEqual({ refused: 'no space left' })
  expect(await inbox.accept(aWork('one'))).toEqual({ refused: '"/" is not an invocation id' })
  await expect(inbox.accept(aWork('one'))).rejects.toThrow('other')
})

it('takes no more than one hello can name, however fast it comes', async () => {
  const held: string[] = []
  const synced = Promise.withResolvers<void>()
  const inbox = createInbox({
    holding: () => held,
    cancel: async () => {},
    async accept({ invocationId }) {
      await synced.promise
      if (held.includes(invocationId)) return 'known'
      held.push(invocationId)
      return 'accepted'
    },
  })
  const answers = Array.from({ length: 1_600 }, (_, index) => inbox.accept(aWork(`invocation-${index}`)))
  synced.resolve()
  const refused = (await Promise.all(answers)).filter((answer) => 'refused' in answer)
  expect([held.length, refused.length]).toEqual([1_500, 100])
  expect(await inbox.accept(aWork('invocation-0'))).toEqual({ known: true })
  held.pop()
  expect(await inbox.accept(aWork('one-more'))).toEqual({ known: false })
})
