import { expect, it } from 'vitest'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createSealer } from '#kit/seal.ts'
import { createFirstAnswers } from './first-answer.ts'
import type { AnswerKey } from './store.ts'

const KEY: AnswerKey = {
  principalId: '123456789012',
  invocationId: 'c0ffee',
  operation: 'SendCommand',
  bodyMac: new Uint8Array(32).fill(1),
}

/** Work that keeps its answer, numbered by how often it ran. */
function counted(db: Database) {
  const answers = createFirstAnswers({ db, sealer: createSealer(new Uint8Array(32)) })
  let runs = 0
  const work = (key: AnswerKey) => () => {
    const answer = `answer ${++runs}`
    return db.write(async (tx) => {
      await answers.keep(tx, key, answer, 0)
      return answer
    })
  }
  return { answers, work, runs: () => runs }
}

describeStores('first answers', (openStore) => {
  it('let the second of two equal requests wait for the first', async () => {
    await using db = await openStore()
    const { answers, work, runs } = counted(db)
    const both = await Promise.all([answers.once(KEY, work(KEY)), answers.once(KEY, work(KEY))])
    expect(both).toEqual(['answer 1', 'answer 1'])
    expect(runs()).toBe(1)
  })

  it('are given again to a repeat, and to another controller', async () => {
    await using db = await openStore()
    const [a, b] = [counted(db), counted(db)]
    expect(await a.answers.once(KEY, a.work(KEY))).toBe('answer 1')
    expect(await a.answers.once(KEY, a.work(KEY))).toBe('answer 1')
    expect(await b.answers.once(KEY, b.work(KEY))).toBe('answer 1')
  })

  it('differ by principal, invocation, operation and body', async () => {
    await using db = await openStore()
    const { answers, work } = counted(db)
    const keys: AnswerKey[] = [
      KEY,
      { ...KEY, principalId: '999999999999' },
      { ...KEY, invocationId: 'decaff' },
      { ...KEY, operation: 'CancelCommand' },
      { ...KEY, bodyMac: new Uint8Array(32).fill(2) },
    ]
    const given = []
    for (const key of keys) given.push(await answers.once(key, work(key)))
    expect(given).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5'])
  })

  it('run the second request itself when the first fails', async () => {
    await using db = await openStore()
    const { answers, work } = counted(db)
    const failing = answers.once(KEY, () => Promise.reject(new Error('refused')))
    const second = answers.once(KEY, work(KEY))
    await expect(failing).rejects.toThrow('refused')
    expect(await second).toBe('answer 1')
  })

  it('stand in for whatever a repeat fails with', async () => {
    await using db = await openStore()
    const { answers, work } = counted(db)
    await answers.once(KEY, work(KEY))
    expect(await answers.once(KEY, () => Promise.reject(new Error('exists already')))).toBe('answer 1')
  })
})
