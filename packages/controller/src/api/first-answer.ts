import type { Database, Tx } from '#db/index.ts'
import type { Sealer } from '#kit/seal.ts'
import { type AnswerKey, findAnswer, insertAnswer } from './store.ts'

/** The first answer is given again for at least this long to who repeats the request. */
export const ANSWER_KEPT_MS = 24 * 3_600_000

/** Makes a repeated request get its first answer, however often and wherever it arrives. */
export interface FirstAnswers {
  /**
   * Runs `work` unless the same request was answered, or is being answered here. Nothing is looked up before: `work`
   * keeps its answer in its transaction, and a repeat fails there by the key, rolls back and reads the first one.
   */
  once(key: AnswerKey | undefined, work: () => Promise<string>): Promise<string>
  keep(tx: Tx, key: AnswerKey, answer: string, at: number): Promise<void>
}

export interface FirstAnswersDeps {
  readonly db: Database
  readonly sealer: Sealer
}

/** Makes the keeper of first answers. */
export function createFirstAnswers({ db, sealer }: FirstAnswersDeps): FirstAnswers {
  const underWay = new Map<string, Promise<string>>()

  const find = async (key: AnswerKey): Promise<string | undefined> => {
    const stored = await findAnswer(db.read, key)
    return stored && Buffer.from(sealer.open(stored.sealed, nameOf(key))).toString()
  }
  const attempt = async (key: AnswerKey, work: () => Promise<string>): Promise<string> => {
    try {
      return await work()
    } catch (error) {
      // Whatever went wrong (a duplicate, "exists already", an unknown outcome): the first answer is the true one.
      const first = await find(key)
      if (first === undefined) throw error
      return first
    }
  }

  return {
    async once(key, work) {
      if (!key) return work()
      const name = nameOf(key)
      for (let other = underWay.get(name); other; other = underWay.get(name)) {
        const answer = await other.catch(() => undefined)
        if (answer !== undefined) return answer
      }
      const mine = attempt(key, work).finally(() => underWay.delete(name))
      underWay.set(name, mine)
      return mine
    },
    keep: (tx, key, answer, at) =>
      insertAnswer(tx, key, { status: 200, sealed: sealer.seal(Buffer.from(answer), nameOf(key)) }, at),
  }
}

const nameOf = ({ principalId, invocationId, operation, bodyMac }: AnswerKey): string =>
  JSON.stringify(['api-answer', principalId, invocationId, operation, Buffer.from(bodyMac).toString('base64')])
