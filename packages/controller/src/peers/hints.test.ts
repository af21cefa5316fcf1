import { expect, test } from 'vitest'
import { createPeerHints, hintKinds, readHint } from './hints.ts'

/** A bus in this process: who publishes is heard by all. */
function memoryBus() {
  const listeners: ((text: string) => void)[] = []
  const texts: string[] = []
  return {
    texts,
    publish(text: string) {
      texts.push(text)
      for (const listener of listeners) listener(text)
    },
    subscribe: (listener: (text: string) => void) => void listeners.push(listener),
    [Symbol.asyncDispose]: async () => {},
  }
}

test('hints reach the others, each key once, and never the sender', async () => {
  const bus = memoryBus()
  const [one, other] = [createPeerHints(bus, 'one'), createPeerHints(bus, 'other')]
  const own: number[] = []
  one.on('work', (keys) => void own.push(...keys))
  const heard = new Promise<readonly number[]>((resolve) => other.on('work', resolve))
  one.send('work', [7, 8])
  one.send('work', [8, 9])
  expect(await heard).toEqual([7, 8, 9])
  expect(own).toEqual([])
})

test('many keys are split into texts that the bus takes', async () => {
  const bus = memoryBus()
  const [one, other] = [createPeerHints(bus, 'one'), createPeerHints(bus, 'other')]
  const keys = Array.from({ length: 3000 }, (_, index) => Number.MAX_SAFE_INTEGER - index)
  const heard = new Set<number>()
  const all = new Promise<void>((resolve) =>
    other.on('changed', (some) => {
      for (const key of some) heard.add(key)
      if (heard.size === keys.length) resolve()
    }),
  )
  one.send('changed', keys)
  await all
  expect(Math.max(...bus.texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(8000)
})

test('a text that is no hint is left out', () => {
  const good = { from: 'x', kind: hintKinds[0], keys: [1] }
  expect(readHint(JSON.stringify(good))).toEqual(good)
  for (const bad of ['', 'null', '[]', '{"from":1}', '{"from":"x","kind":"drop table","keys":[1]}', '{"from":"x"}'])
    expect(readHint(bad)).toBeUndefined()
})

test('of forged keys only those that can be keys are taken', () => {
  expect(readHint('{"from":"x","kind":"cut","keys":[1,"2",null,-3,1.5,{"a":1},4]}')?.keys).toEqual([1, 4])
})
