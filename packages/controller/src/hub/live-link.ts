import {
  type Call,
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameKind,
  type Heartbeat,
  type Hello,
  LINK_VERSION,
  type NewKey,
} from '@muster/protocol/link'
import { answerFrame, failedFrame, throttledFrame } from './answer-call.ts'
import type { HubDeps } from './deps.ts'
import type { IdentityGate } from './identity-gate.ts'
import type { NodeLink, NodeMemory, Receivers } from './link.ts'
import { createOutputLane, type OutputLane } from './output-lane.ts'
import type { Pressure } from './pressure.ts'
import { createProbes, type Probes } from './probes.ts'
import { createRecordLane, type RecordLane } from './record-lane.ts'
import type { RecordGate } from './records.ts'
import type { Joined, Roster } from './roster.ts'
import { advanceSession, beginSession, type SessionEffect, type SessionEvent, type SessionState } from './session.ts'
import { createThrottle, type Throttle } from './throttle.ts'
import type { Transport, TransportPort } from './transport.ts'

/** Whose login was accepted. */
export interface Login {
  readonly nodeKey: number
  readonly nodeId: string
  readonly generation: number
  /** The key that signed: SPKI in DER. */
  readonly publicKey: Uint8Array
  /** Where the connection comes from. */
  readonly source: string
}

/** What the links of one hub share. */
export interface LinkContext extends Pick<HubDeps, 'clock' | 'home' | 'controllerId' | 'log' | 'probeMs'> {
  readonly roster: Roster
  readonly identities: IdentityGate
  readonly gate: RecordGate
  readonly pressure: Pressure
  receivers(): Receivers
  heartbeatMs(): number
  count(what: Counted): void
  /** False when a newer link of the node is open already. */
  opened(link: LiveLink, memory: NodeMemory): boolean
  rivals(link: LiveLink): readonly LiveLink[]
  held(link: LiveLink): void
  over(link: LiveLink, reason: string): void
  lossWritten(link: LiveLink): void
}

export type Counted = 'records' | 'repeated' | 'parked' | 'unknownFrames' | 'calls'

const URGENT: ReadonlySet<FrameKind> = new Set([
  'welcome',
  'heartbeatAnswer',
  'recordReceipt',
  'outputReceipt',
  'goodbye',
  'probe',
])
// Sent again until they are receipted, so that one which finds no room is no reason to end the link.
const REPEATED: ReadonlySet<FrameKind> = new Set(['work', 'cancel'])
const OUTPUT_WAITING = { high: 1024 * 1024, low: 256 * 1024 }
const PROBE_MS = 5_000
const PROBES_SINCE = 2
const NOTHING = new Uint8Array(0)

/** One link from its accepted login to its end: does what the session machine says. */
export class LiveLink implements NodeLink {
  readonly nodeKey: number
  readonly nodeId: string
  /** Wall time of the last frame. */
  contactAt: number
  actions: ReadonlySet<string> = new Set()
  /** Names the program at the other end; empty before its hello and where it does not answer probes. */
  processId = ''
  readonly port: TransportPort
  readonly #login: Login
  readonly #probes: Probes
  readonly #context: LinkContext
  readonly #transport: Transport
  readonly #throttle: Throttle
  readonly #outputs: OutputLane
  readonly #records: RecordLane
  #state: SessionState
  #joined: Joined | undefined
  #ended = false
  #trouble: string | undefined = ''
  #backlog: Uint8Array[] = []

  constructor(context: LinkContext, login: Login, transport: Transport) {
    const { clock } = context
    this.#context = context
    this.#transport = transport
    this.#login = login
    this.#probes = createProbes((nonce) => this.send({ kind: 'probe', probe: { nonce } }))
    this.nodeKey = login.nodeKey
    this.nodeId = login.nodeId
    this.contactAt = clock.now()
    this.#state = beginSession(clock.monotonic(), context.heartbeatMs())
    this.#throttle = createThrottle((paused) => {
      this.#dispatch({ kind: 'paused', paused, at: clock.monotonic() })
      if (paused) transport.pause()
      else this.#goOn()
    })
    this.#outputs = createOutputLane({
      take: (piece) => context.receivers().output(piece),
      waiting: (bytes) => this.#throttle.measure('output', bytes, OUTPUT_WAITING),
      receipt: (outputReceipt) => this.send({ kind: 'outputReceipt', outputReceipt }),
      failed: (err) => this.#fail('an output could not be taken', err),
    })
    this.#records = createRecordLane({
      ...{ gate: context.gate, pressure: context.pressure, throttle: this.#throttle },
      sender: () => ({ nodeKey: this.nodeKey, nodeId: this.nodeId, epoch: this.epoch }),
      receipt: (number) =>
        this.send({ kind: 'recordReceipt', recordReceipt: { journalId: this.#state.journalId, number } }),
      count: (what) => context.count(what),
      stale: () => this.#finish('replaced', 'a newer link has taken over'),
      failed: (text, err) => this.#fail(text, err),
    })
    this.port = {
      receive: (message) => this.#receive(message),
      closed: () => this.#finish('gone', 'the connection closed'),
    }
  }

  get epoch(): number {
    return this.#joined?.epoch ?? 0
  }

  /** Number of the machine that the link is of; 0 before it is known. */
  get machine(): number {
    return this.#joined?.admission.machine ?? 0
  }

  send(frame: Frame): boolean {
    if (this.#ended) return false
    const sent = this.#transport.send(encodeFrame(frame), URGENT.has(frame.kind) ? 'urgent' : 'bulk')
    if (!sent && !REPEATED.has(frame.kind)) this.#finish('slow-reader', 'the transport takes no more')
    return sent
  }

  close(reason: string, retryAfterMs = 0): void {
    this.#finish(reason, 'closed by the controller', retryAfterMs)
  }

  /** Whether the program at the other end answers in time. */
  isAlive(): Promise<boolean> {
    return this.#probes.ask(this.#context.probeMs ?? PROBE_MS)
  }

  /** Looks at the clock: no hello in time, or silence. */
  tick(): void {
    this.#dispatch({ kind: 'tick', at: this.#context.clock.monotonic() })
  }

  #receive(message: Uint8Array): void {
    this.contactAt = this.#context.clock.now()
    if (this.#throttle.isHeld()) this.#backlog.push(message)
    else this.#take(message)
  }

  #take(message: Uint8Array): void {
    this.#dispatch({ kind: 'message', decoded: decodeFrame(message), at: this.#context.clock.monotonic() }, message)
  }

  /** First what a transport had already read when it was paused: one chunk of a socket holds many records. */
  #goOn(): void {
    const backlog = this.#backlog
    this.#backlog = []
    let taken = 0
    for (const message of backlog) {
      if (this.#throttle.isHeld()) break
      this.#take(message)
      taken += 1
    }
    this.#backlog = [...backlog.slice(taken), ...this.#backlog]
    if (!this.#throttle.isHeld()) this.#transport.resume()
  }

  #dispatch(event: SessionEvent, message: Uint8Array = NOTHING): void {
    const { state, effects } = advanceSession(this.#state, event)
    this.#state = state
    for (const effect of effects) this.#run(effect, message)
  }

  #run(effect: SessionEffect, message: Uint8Array): void {
    switch (effect.kind) {
      case 'join':
        void this.#join(effect.hello)
        break
      case 'beat':
        this.#beat(effect.beat)
        break
      case 'record':
        void this.#records.take(effect.record, message)
        break
      case 'repeated':
        this.#context.count('repeated')
        this.#records.repeated()
        break
      case 'receipt':
        void this.#records.received(effect.receipt.invocationId)
        break
      case 'output':
        this.#outputs.push(this.nodeKey, effect.output)
        break
      case 'call':
        void this.#answer(effect.call)
        break
      case 'refuse-call':
        this.send(throttledFrame(effect.call))
        break
      case 'probed':
        this.#probes.answered(effect.nonce)
        break
      case 'kept':
        void this.#keep(effect.generation)
        break
      case 'new-key':
        void this.#takeKey(effect.newKey)
        break
      case 'unknown':
        this.#context.count('unknownFrames')
        break
      case 'end':
        this.#finish(effect.reason, effect.problem)
    }
  }

  async #join(hello: Hello): Promise<void> {
    this.actions = new Set(hello.actions)
    this.processId = hello.linkVersion < PROBES_SINCE ? '' : hello.processId
    try {
      const alive = await this.#findAlive()
      if (this.#ended) return
      this.#joined = await this.#context.roster.join({ ...this.#login, hello, alive })
    } catch (err) {
      return this.#fail('a login could not be written', err)
    }
    if (this.#ended) return this.#leave()
    if (!this.#joined) return this.#finish('unavailable', 'the login was not written')
    const { standing, cause, machine } = this.#joined.admission
    if (cause) this.#context.log.warn({ nodeId: this.nodeId, machine, cause }, 'hub: an identity is used twice')
    if (standing === 'superseded') return this.#finish('superseded', 'another machine goes on with this identity')
    this.#welcome(this.#joined)
    if (standing === 'held') return this.#context.held(this)
    const { journalSince } = this.#joined
    if (!this.#context.opened(this, { holding: hello.holding, journalSince }))
      this.#finish('replaced', 'a newer link is open')
  }

  /** Machines that use the same identity now; a program that was killed does not answer, and this one is no other. */
  async #findAlive(): Promise<readonly number[]> {
    const others = this.#context
      .rivals(this)
      .filter(({ processId }) => processId !== '' && this.processId !== '' && processId !== this.processId)
    const alive = await Promise.all(others.map(async (other) => ((await other.isAlive()) ? other.machine : 0)))
    return alive.filter((machine) => machine > 0)
  }

  #welcome({ epoch, receivedRecord, admission }: Joined): void {
    const { clock, home, controllerId } = this.#context
    const heartbeatMs = this.#giveHeartbeat()
    this.#records.begin(receivedRecord)
    const quarantined = admission.standing === 'held'
    this.#dispatch(quarantined ? { kind: 'held' } : { kind: 'joined', receivedRecord })
    this.send({
      kind: 'welcome',
      welcome: {
        linkVersion: LINK_VERSION,
        controllerTime: clock.now(),
        heartbeatMs,
        epoch,
        receivedRecord,
        accountId: home.accountId,
        region: home.region,
        controllerId,
        generation: admission.generation,
        quarantined,
        dropUnstarted: admission.dropUnstarted,
      },
    })
  }

  /** Writes down what the node says is wrong there, when that has changed. */
  #noteTrouble({ degraded, degradedReason }: Heartbeat): void {
    const trouble = degraded ? degradedReason || 'degraded' : ''
    if (!this.#joined || trouble === this.#trouble) return
    this.#trouble = trouble
    const { roster, log } = this.#context
    log.warn({ nodeId: this.nodeId, trouble }, 'hub: what is wrong with a node has changed')
    roster.note(this.nodeKey, this.epoch, trouble).catch((err: unknown) => {
      this.#trouble = undefined
      log.warn({ err, nodeId: this.nodeId }, 'hub: what is wrong with a node could not be written')
    })
  }

  #beat(beat: Heartbeat): void {
    const { sequence } = beat
    this.#noteTrouble(beat)
    const heartbeatMs = this.#giveHeartbeat()
    const controllerTime = this.#context.clock.now()
    this.send({ kind: 'heartbeatAnswer', heartbeatAnswer: { sequence, controllerTime, heartbeatMs } })
  }

  #giveHeartbeat(): number {
    const heartbeatMs = this.#context.heartbeatMs()
    this.#state = { ...this.#state, heartbeatMs }
    return heartbeatMs
  }

  async #keep(generation: number): Promise<void> {
    try {
      await this.#context.identities.kept({ nodeKey: this.nodeKey, machine: this.machine, generation })
    } catch (err) {
      this.#fail('a generation could not be stored', err)
    }
  }

  async #takeKey(newKey: NewKey): Promise<void> {
    // The frame is a view on the received message.
    const publicKey = Uint8Array.from(newKey.publicKey)
    try {
      const kept = await this.#context.identities.offered({ nodeKey: this.nodeKey, newKey: { ...newKey, publicKey } })
      if (kept) this.send({ kind: 'keyKept', keyKept: { publicKey } })
      else this.#context.log.warn({ nodeId: this.nodeId }, 'hub: a new key was refused')
    } catch (err) {
      this.#fail('a new key could not be stored', err)
    }
  }

  async #answer(call: Call): Promise<void> {
    this.#context.count('calls')
    try {
      this.send(answerFrame(call, await this.#context.receivers().call(this, call.operation, call.input)))
    } catch (err) {
      this.#context.log.error({ err, nodeId: this.nodeId, operation: call.operation }, 'hub: a call failed')
      this.send(failedFrame(call))
    } finally {
      this.#dispatch({ kind: 'answered' })
    }
  }

  #fail(text: string, err: unknown): void {
    this.#context.log.error({ err, nodeId: this.nodeId }, `hub: ${text}`)
    this.#finish('unavailable', text)
  }

  #finish(reason: string, problem: string, retryAfterMs = 0): void {
    if (this.#ended) return
    if (reason !== 'gone') {
      const goodbye = encodeFrame({ kind: 'goodbye', goodbye: { reason, retryAfterMs } })
      this.#transport.send(goodbye, 'urgent')
    }
    this.#ended = true
    this.#probes.end()
    this.#state = { ...this.#state, phase: 'over' }
    this.#context.log.info({ nodeId: this.nodeId, reason, problem }, 'hub: link ends')
    this.#context.over(this, reason)
    this.#leave()
    // Last: a transport may report at once that it is closed.
    if (reason !== 'gone') this.#transport.close(reason)
  }

  #leave(): void {
    if (this.#joined?.admission.standing !== 'good') return
    const { roster, log } = this.#context
    roster
      .leave(this.nodeKey, this.#joined.epoch, this.contactAt)
      .then(() => this.#context.lossWritten(this))
      .catch((err: unknown) => {
        log.warn({ err, nodeId: this.nodeId }, 'hub: the loss of a link could not be written')
      })
  }
}
