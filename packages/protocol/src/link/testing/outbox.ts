import type { Fact, Frame, LinkRecord } from '../frame.ts'

/** A journal in memory: records in their order, kept until they are receipted. */
export interface Outbox {
  readonly journalId: string
  lastNumber(): number
  add(invocationId: string, fact: Fact): void
  receipted(number: number): void
  /** Sends what is not receipted, from the first on. */
  resend(): void
  /** Resolves when nothing waits for a receipt. */
  empty(): Promise<void>
  waiting(): readonly LinkRecord[]
}

export function createOutbox(journalId: string, send: (frame: Frame) => void, times: () => number): Outbox {
  let records: LinkRecord[] = []
  let lastNumber = 0
  let waiters: (() => void)[] = []

  const sendOne = (record: LinkRecord): void => {
    for (let time = 0; time < times(); time++) send({ kind: 'record', record })
  }
  return {
    journalId,
    lastNumber: () => lastNumber,
    add(invocationId, fact) {
      lastNumber += 1
      const record = { journalId, number: lastNumber, invocationId, fact }
      records.push(record)
      sendOne(record)
    },
    receipted(number) {
      records = records.filter((record) => record.number > number)
      if (records.length > 0) return
      for (const wake of waiters) wake()
      waiters = []
    },
    resend: () => records.forEach(sendOne),
    empty: () => (records.length === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    waiting: () => records,
  }
}
