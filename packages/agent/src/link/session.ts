import {
  type Cancel,
  decodeFrame,
  encodeFrame,
  encodeOutput,
  type Frame,
  type Heartbeat,
  type Welcome,
  type Work,
} from '@muster/protocol/link'
import type { Log } from '#kit/log.ts'
import type { ControllerTime } from './controller-time.ts'
import type { Connection } from './dial.ts'
import { endedBy, LinkError } from './link-error.ts'
import { createOutputLane } from './output-lane.ts'
import type { LinkPorts } from './ports.ts'

export interface SessionDeps {
  readonly ports: LinkPorts
  readonly time: ControllerTime
  readonly log: Log
  /** Heartbeats are never further apart than that, whatever the controller says. */
  readonly longestBeatMs?: number
  /** Called at the controller's welcome: from here on the link counts as up. */
  readonly onWelcome: (welcome: Welcome) => void
}

const RECORDS_A_READ = 50
const QUEUED_BYTES = 1024 * 1024

// The controller judges an agent's silence by the same rule.
const GRACE_MS = 15_000
const MAX_TIMER_MS = 2 ** 31 - 1
const WELCOME_MS = 30_000

/** Runs one link to its end and answers why it ended; never rejects. */
export async function runSession(connection: Connection, deps: SessionDeps, signal: AbortSignal): Promise<LinkError> {
  const session = createSession(connection, deps)
  const stop = () => connection.close('agent stops')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await session.run()
  } finally {
    signal.removeEventListener('abort', stop)
    session.end()
  }
}

function createSession(connection: Connection, deps: SessionDeps) {
  const { ports, time, log, onWelcome, longestBeatMs = MAX_TIMER_MS } = deps
  const ended = new AbortController()
  const lane = createOutputLane(() => ports.outputs.open())
  let sequence = 0
  let period: number | undefined
  let heardAt = performance.now()
  let end: LinkError | undefined
  let nextBeat: NodeJS.Timeout | undefined
  let nextLook: NodeJS.Timeout | undefined
  let hangUp: (() => void) | undefined

  const send = (frame: Frame): void => connection.send(encodeFrame(frame))

  const beatMs = (): number => Math.min(period ?? longestBeatMs, longestBeatMs)

  const tell = (): void => {
    sequence += 1
    const heartbeat: Heartbeat = { sequence, ...ports.heartbeat() }
    send({ kind: 'heartbeat', heartbeat })
  }

  const beat = (): void => {
    if (period === undefined || ended.signal.aborted) return
    tell()
    nextBeat = setTimeout(beat, beatMs())
  }

  const watchSilence = (): void => {
    const left = heardAt + (period === undefined ? WELCOME_MS : 2 * period + GRACE_MS) - performance.now()
    if (left <= 0) connection.close('silent')
    else nextLook = setTimeout(watchSilence, left)
  }

  async function pumpRecords(from: number): Promise<void> {
    let sent = from
    while (!ended.signal.aborted) {
      const records = await ports.records.pending(sent, RECORDS_A_READ)
      for (const record of records) {
        send({ kind: 'record', record })
        sent = record.number
        await connection.drained(QUEUED_BYTES)
      }
      if (records.length === 0) await ports.records.news.wait(ended.signal)
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
    const taken = await ports.work.accept({ ...work, envelope: Uint8Array.from(work.envelope) })
    const { invocationId } = work
    if ('refused' in taken) {
      log.warn({ invocationId, problem: taken.refused }, 'work is not taken now')
      // Whoever asks why it is not taken need not wait for the next heartbeat.
      if (ports.heartbeat().degraded) tell()
    } else send({ kind: 'workReceipt', workReceipt: { invocationId, known: taken.known } })
  }

  const onCancel = ({ invocationId }: Cancel): Promise<void> => ports.work.cancel(invocationId)

  async function onWelcomeFrame(welcome: Welcome): Promise<void> {
    const { quarantined, generation, receivedRecord } = welcome
    time.learn(welcome.controllerTime)
    period = welcome.heartbeatMs
    nextBeat = setTimeout(beat, beatMs())
    if (ports.heartbeat().degraded) tell()
    await ports.identity.welcomed(welcome)
    if (!quarantined) await ports.records.receipted(receivedRecord)
    onWelcome(welcome)
    if (generation > 0) background(keepGeneration(generation))
    // What both machines would send has the same numbers: the controller takes it from the one that goes on.
    if (quarantined) return
    background(pumpRecords(receivedRecord))
    background(pumpOutput())
    hangUp = ports.calls?.connect((call) => send({ kind: 'call', call }))
  }

  async function keepGeneration(generation: number): Promise<void> {
    try {
      await ports.identity.keep(generation)
    } catch (error) {
      // The controller takes either generation until one is confirmed.
      return log.warn({ err: error }, 'link: a generation could not be written')
    }
    send({ kind: 'generationKept', generationKept: { generation } })
  }

  /** Starts what a frame asks for; what it does later fails the link, not the process. */
  async function onFrame(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'welcome':
        return onWelcomeFrame(frame.welcome)
      case 'probe':
        return send({ kind: 'probeAnswer', probeAnswer: frame.probe })
      case 'rotateKey':
        return send({ kind: 'newKey', newKey: await ports.identity.rotate() })
      case 'keyKept':
        if (!(await ports.identity.adopt(Uint8Array.from(frame.keyKept.publicKey)))) return
        end ??= new LinkError('renewed', 'the node has a new key')
        return connection.close('new key')
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
      case 'answer':
        return ports.calls?.answered({ ...frame.answer, body: Uint8Array.from(frame.answer.body) })
      case 'goodbye':
        end ??= endedBy(frame.goodbye.reason, frame.goodbye.retryAfterMs || undefined)
        return
      default:
        log.warn({ kind: frame.kind }, 'frame that only an agent sends; ignored')
    }
  }

  const fail = (error: unknown): void => {
    if (ended.signal.aborted) return
    log.error({ err: error }, 'link: closing after a failure')
    end ??= new LinkError('own-failure', String(error), { cause: error })
    connection.close('failure in the agent')
  }
  const background = (work: Promise<void>): void => void work.catch(fail)

  return {
    async run(): Promise<LinkError> {
      connection.onMessage((bytes) => {
        heardAt = performance.now()
        const decoded = decodeFrame(bytes)
        if (decoded.ok) background(onFrame(decoded.frame))
        else log.warn({ problem: decoded.problem }, 'frame that cannot be read; ignored')
      })
      watchSilence()
      background(ports.hello().then((hello) => send({ kind: 'hello', hello })))
      const reason = await connection.closed
      return end ?? endedBy(reason)
    },
    end(): void {
      ended.abort()
      hangUp?.()
      clearTimeout(nextBeat)
      clearTimeout(nextLook)
    },
  }
}
