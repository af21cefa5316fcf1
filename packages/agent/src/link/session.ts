import {
  type Cancel,
  decodeFrame,
  encodeFrame,
  encodeOutput,
  type Frame,
  type Heartbeat,
  type Work,
} from '@muster/protocol/link'
import type { Log } from '#kit/log.ts'
import type { ControllerTime } from './controller-time.ts'
import type { Connection } from './dial.ts'
import { endedBy, type LinkError } from './link-error.ts'
import { createOutputLane } from './output-lane.ts'
import type { LinkPorts } from './ports.ts'

export interface SessionDeps {
  readonly ports: LinkPorts
  readonly time: ControllerTime
  readonly log: Log
  /** Called at the controller's welcome: from here on the link counts as up. */
  readonly onWelcome: () => void
}

const RECORDS_A_READ = 200
const QUEUED_BYTES = 1024 * 1024

/** Runs one link until it ends; resolves when the signal aborts, rejects with `LinkError` otherwise. */
export async function runSession(connection: Connection, deps: SessionDeps, signal: AbortSignal): Promise<void> {
  const session = createSession(connection, deps)
  const stop = () => connection.close('agent stops')
  signal.addEventListener('abort', stop, { once: true })
  try {
    await session.run()
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
    session.end()
  }
}

function createSession(connection: Connection, { ports, time, log, onWelcome }: SessionDeps) {
  const ended = new AbortController()
  const lane = createOutputLane(() => ports.outputs.open())
  let sequence = 0
  let period: number | undefined
  let heardAt = performance.now()
  let goodbye: LinkError | undefined
  let timer: NodeJS.Timeout | undefined

  const send = (frame: Frame): void => connection.send(encodeFrame(frame))

  const beat = (): void => {
    if (period === undefined || ended.signal.aborted) return
    if (performance.now() - heardAt > 2 * period + 15_000) {
      connection.close('silent')
      return
    }
    sequence += 1
    const heartbeat: Heartbeat = { sequence, ...ports.heartbeat() }
    send({ kind: 'heartbeat', heartbeat })
    timer = setTimeout(beat, period)
  }

  async function pumpRecords(from: number): Promise<void> {
    let sent = from
    while (!ended.signal.aborted) {
      const records = await ports.records.pending(sent, RECORDS_A_READ)
      for (const record of records) {
        send({ kind: 'record', record })
        sent = record.number
      }
      if (records.length === 0) await ports.records.news.wait(ended.signal)
      else await connection.drained(QUEUED_BYTES)
    }
  }

  async function pumpOutput(): Promise<void> {
    while (!ended.signal.aborted) {
      const piece = await lane.next()
      if (piece) await connection.write(encodeOutput(piece, piece.room, piece.data.length))
      else await ports.outputs.news.wait(ended.signal)
    }
  }

  async function onWork(work: Work): Promise<void> {
    // The envelope is a view on the received message; what is journaled outlives it.
    const { known } = await ports.work.accept({ ...work, envelope: Uint8Array.from(work.envelope) })
    send({ kind: 'workReceipt', workReceipt: { invocationId: work.invocationId, known } })
  }

  const onCancel = ({ invocationId }: Cancel): Promise<void> => ports.work.cancel(invocationId)

  /** Starts what a frame asks for; what it does later fails the link, not the process. */
  async function onFrame(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'welcome':
        time.learn(frame.welcome.controllerTime)
        period = frame.welcome.heartbeatMs
        await ports.records.receipted(frame.welcome.receivedRecord)
        onWelcome()
        timer = setTimeout(beat, period)
        background(pumpRecords(frame.welcome.receivedRecord))
        background(pumpOutput())
        return
      case 'heartbeatAnswer':
        time.learn(frame.heartbeatAnswer.controllerTime)
        period = frame.heartbeatAnswer.heartbeatMs
        return
      case 'work':
        return onWork(frame.work)
      case 'cancel':
        return onCancel(frame.cancel)
      case 'recordReceipt':
        return ports.records.receipted(frame.recordReceipt.number)
      case 'outputReceipt':
        await lane.receipted(frame.outputReceipt)
        return ports.outputs.news.announce()
      case 'goodbye':
        goodbye = endedBy(frame.goodbye.reason, frame.goodbye.retryAfterMs || undefined)
        return
      default:
        log.warn({ kind: frame.kind }, 'frame that only an agent sends; ignored')
    }
  }

  const background = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      if (ended.signal.aborted) return
      log.error({ err: error }, 'link: closing after a failure')
      connection.close('failure in the agent')
    })
  }

  return {
    async run(): Promise<void> {
      connection.onMessage((bytes) => {
        heardAt = performance.now()
        const decoded = decodeFrame(bytes)
        if (decoded.ok) background(onFrame(decoded.frame))
        else log.warn({ problem: decoded.problem }, 'frame that cannot be read; ignored')
      })
      send({ kind: 'hello', hello: await ports.hello() })
      const reason = await connection.closed
      throw goodbye ?? endedBy(reason)
    },
    end(): void {
      ended.abort()
      clearTimeout(timer)
    },
  }
}
