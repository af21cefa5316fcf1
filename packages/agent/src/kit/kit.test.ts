import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { FailpointError } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { createFailpoint } from './failpoint.ts'
import { createGate } from './gate.ts'
import { createNews } from './news.ts'

test('a failpoint does nothing unless it is named', async () => {
  await createFailpoint(undefined)('after-received')
  await createFailpoint('after-exit:error')('after-received')
  expect(() => createFailpoint('after-exit:error')('after-exit')).toThrow(FailpointError)
})

test.each(['nowhere:kill', 'after-exit:explode', 'after-exit', 'constructor:kill'])(
  'refuses the failpoints %j',
  (text) => {
    expect(() => createFailpoint(text)).toThrow(FailpointError)
  },
)

test('kill ends the process before another line of it runs', () => {
  const code = `const { createFailpoint } = await import(process.argv[1]); await createFailpoint('after-exit:kill')('after-exit'); console.log('went on')`
  const { signal, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code, join(import.meta.dirname, 'failpoint.ts')],
    { encoding: 'utf8' },
  )
  expect([signal, stdout]).toEqual(['SIGKILL', ''])
})

test('a gate lets as many in as it has room for, in the order they came', async () => {
  const gate = createGate(2)
  const begun: number[] = []
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const all = ends.map(({ promise }, n) =>
    gate.run(async () => {
      begun.push(n)
      await promise
    }),
  )
  await Promise.resolve()
  expect([begun, gate.running, gate.waiting]).toEqual([[0, 1], 2, 2])
  ends[1]?.resolve()
  await all[1]
  expect(begun).toEqual([0, 1, 2])
  for (const { resolve } of ends) resolve()
  await Promise.all(all)
  expect([gate.running, gate.waiting]).toEqual([0, 0])
})

test('a gate lets the next in after a failure', async () => {
  const gate = createGate(1)
  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.run(async () => 1)).toBe(1)
})

test('news that nobody waited for is kept for the next who waits, once', async () => {
  const news = createNews()
  news.announce()
  news.announce()
  await news.wait()
  const abort = new AbortController()
  const waiting = news.wait(abort.signal)
  abort.abort()
  await waiting
})

test('news is not lost on someone who has stopped waiting', async () => {
  const news = createNews()
  news.announce()
  await news.wait(AbortSignal.abort())
  const heard = news.wait().then(() => 'heard')
  const lost = new Promise((resolve) => setImmediate(resolve, 'lost'))
  expect(await Promise.race([heard, lost])).toBe('heard')
})
