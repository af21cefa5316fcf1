import type { LinkRecord } from '@muster/protocol/link'
import type { Pressure } from './pressure.ts'
import type { RecordGate, Sender } from './records.ts'
import type { Throttle } from './throttle.ts'

/** Takes a link's records to the store, and gives a cumulative receipt for what is committed. */
export interface RecordLane {
  /** What was committed before this link. */
  begin(receivedRecord: number): void
  /** `message` is the frame as it came, for a record that has to be parked. */
  take(record: LinkRecord, message: Uint8Array): Promise<void>
  /** One that is committed already. */
  repeated(): void
  /** The node has an invocation. */
  received(invocationId: string): Promise<void>
}

export interface RecordLaneOptions {
  readonly gate: RecordGate
  readonly pressure: Pressure
  readonly throttle: Throttle
  sender(): Sender
  /** Sends the receipt for everything up to this number. */
  receipt(number: number): void
  count(what: 'records' | 'parked'): void
  /** A newer link of the node has taken over. */
  stale(): void
  failed(text: string, err: unknown): void
}

const UNDER_WAY = { high: 1000, low: 500 }

/** Makes the lane of one link. */
export function createRecordLane(options: RecordLaneOptions): RecordLane {
  const { gate, pressure, throttle, sender } = options
  let underWay = 0
  let committed = 0
  let receiptDue = false

  const receiptSoon = (): void => {
    if (receiptDue) return
    receiptDue = true
    // Everything of one commit settles in one turn of the loop, and shares one receipt.
    setImmediate(() => {
      receiptDue = false
      if (committed > 0) options.receipt(committed)
    })
  }
  const underPressure = async (problem: string, work: () => Promise<unknown>): Promise<void> => {
    pressure.enter(throttle)
    try {
      await work()
    } catch (err) {
      options.failed(problem, err)
    } finally {
      pressure.leave()
    }
  }

  return {
    begin(receivedRecord) {
      committed = receivedRecord
    },
    async take(record, message) {
      throttle.measure('records', ++underWay, UNDER_WAY)
      await underPressure('a record could not be stored', async () => {
        const taken = await gate.record(sender(), record, message)
        if (taken === 'stale') return options.stale()
        options.count(taken === 'parked' ? 'parked' : 'records')
        committed = Math.max(committed, record.number)
        receiptSoon()
      })
      throttle.measure('records', --underWay, UNDER_WAY)
    },
    repeated: receiptSoon,
    received: (invocationId) =>
      underPressure('a receipt could not be stored', () => gate.receipt(sender(), invocationId)),
  }
}
