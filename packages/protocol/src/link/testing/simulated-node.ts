import type { KeyObject } from 'node:crypto'
import { decodeEnvelope } from '#delivery/index.ts'
import type { Clock } from '#kit/index.ts'
import type { Answer, Frame, HostFacts, Welcome, Work } from '../frame.ts'
import { LINK_VERSION } from '../version.ts'
import type { Behaviours, LedgerLine } from './behaviour.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { runWork } from './run-work.ts'
import { createSpools } from './spools.ts'

export interface SimulatedNodeOptions {
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly clock: Clock
  /** Names the journal and the boot; the same for the same node in the same life. */
  readonly life?: string
  readonly behaviours?: Behaviours
  readonly actions?: readonly string[]
  readonly host?: Partial<HostFacts>
}

/** A node without a host: speaks the link and does with work what its behaviours say. */
export interface SimulatedNode {
  readonly nodeId: string
  readonly ledger: readonly LedgerLine[]
  readonly outbox: Outbox
  /** A link is there: says hello. `send` answers false where nothing goes out. */
  up(send: (frame: Frame) => boolean): void
  /** The link is gone; work goes on. */
  down(): void
  receive(frame: Frame): void
  /** The welcome of the link that is up, or of the next one. */
  welcomed(): Promise<Welcome>
  heartbeat(): void
  call(operation: string, input: unknown): Promise<Answer>
  behave(behaviours: Behaviours): void
  onLedger(listener: (line: LedgerLine) => void): void
  /** Resolves when the ledger has so many lines. */
  ledgerLines(count: number): Promise<void>
  /** Resolves when no work runs and every record is receipted. */
  settled(): Promise<void>
  unsealed(): number
}

const HOST: HostFacts = {
  computerName: 'simulated',
  ipAddress: '127.0.0.1',
  platformType: 'Linux',
  platformName: 'Simulated Linux',
  platformVersion: '1',
  architecture: 'x86_64',
}

/** Makes one; it is offline until `up`. */
export function createSimulatedNode(options: SimulatedNodeOptions): SimulatedNode {
  const { nodeId, clock } = options
  const life = options.life ?? 'life-1'
  let behaviours = options.behaviours ?? {}
  let wire: ((frame: Frame) => boolean) | undefined
  let offset = 0
  let sequence = 0
  let nextCall = 1
  let welcome = Promise.withResolvers<Welcome>()
  const ledger: LedgerLine[] = []
  const listeners: ((line: LedgerLine) => void)[] = []
  const known = new Set<string>()
  const running = new Map<string, { readonly cancel: AbortController; readonly done: Promise<void> }>()
  const calls = new Map<number, (answer: Answer) => void>()

  const send = (frame: Frame): boolean => wire?.(frame) ?? false
  const outbox = createOutbox(`journal-${life}`, send, () => behaviours.sendsRecords ?? 1)
  const spools = createSpools(send)
  const ports = {
    nodeId,
    bootId: `boot-${life}`,
    privateKey: options.privateKey,
    behaviours: () => behaviours,
    controllerNow: () => clock.now() + offset,
    ownNow: () => clock.now(),
    ledger(line: LedgerLine) {
      ledger.push(line)
      for (const listener of listeners) listener(line)
    },
    record: outbox.add,
    spool: spools.add,
  }

  function onWelcome(frame: Welcome): void {
    offset = frame.controllerTime - clock.now()
    outbox.receipted(frame.receivedRecord)
    welcome.resolve(frame)
    outbox.resend()
    spools.resend()
  }

  function onWork(work: Work): void {
    const { invocationId, commandId } = work
    const isKnown = known.has(invocationId)
    known.add(invocationId)
    if (behaviours.receiptsWork?.(invocationId) ?? true)
      send({ kind: 'workReceipt', workReceipt: { invocationId, known: isKnown } })
    const decoded = decodeEnvelope(work.envelope)
    if (isKnown || !decoded.ok || ports.controllerNow() > work.deliverBy) return
    const cancel = new AbortController()
    const seen = { invocationId, commandId, envelope: decoded.value, cancelled: cancel.signal }
    const run = async () => {
      const result = await runWork(seen, Uint8Array.from(work.envelope), ports)
      if (result) outbox.add(invocationId, { kind: 'result', result })
      running.delete(invocationId)
    }
    running.set(invocationId, { cancel, done: Promise.resolve().then(run) })
  }

  const holding = (): string[] => [
    ...new Set([...running.keys(), ...outbox.waiting().map(({ invocationId }) => invocationId)]),
  ]

  return {
    nodeId,
    ledger,
    outbox,
    up(transmit) {
      wire = transmit
      welcome = Promise.withResolvers()
      const hello = {
        linkVersion: LINK_VERSION,
        agentVersion: '0.0.1',
        actions: options.actions ?? ['aws:runShellScript'],
        host: { ...HOST, ...options.host },
        bootId: ports.bootId,
        journalId: outbox.journalId,
        lastRecord: outbox.lastNumber(),
        holding: holding(),
        policyMode: 'full',
      }
      send({ kind: 'hello', hello })
    },
    down() {
      wire = undefined
      for (const answer of calls.values()) answer({ id: 0, status: 0, body: new Uint8Array(0) })
      calls.clear()
    },
    receive(frame) {
      if (frame.kind === 'welcome') onWelcome(frame.welcome)
      else if (frame.kind === 'work') onWork(frame.work)
      else if (frame.kind === 'cancel') running.get(frame.cancel.invocationId)?.cancel.abort()
      else if (frame.kind === 'recordReceipt') outbox.receipted(frame.recordReceipt.number)
      else if (frame.kind === 'outputReceipt') spools.receipted(frame.outputReceipt)
      else if (frame.kind === 'heartbeatAnswer') offset = frame.heartbeatAnswer.controllerTime - clock.now()
      else if (frame.kind === 'answer') {
        calls.get(frame.answer.id)?.(frame.answer)
        calls.delete(frame.answer.id)
      }
    },
    welcomed: () => welcome.promise,
    heartbeat() {
      const heartbeat = { sequence: ++sequence, running: running.size, degraded: false, degradedReason: '' }
      send({ kind: 'heartbeat', heartbeat })
    },
    call(operation, input) {
      const id = nextCall++
      const answered = new Promise<Answer>((resolve) => calls.set(id, resolve))
      send({ kind: 'call', call: { id, operation, input: new TextEncoder().encode(JSON.stringify(input)) } })
      return answered
    },
    behave(value) {
      behaviours = value
    },
    onLedger: (listener) => void listeners.push(listener),
    ledgerLines: (count) =>
      new Promise((resolve) => {
        const look = () => ledger.length >= count && resolve()
        listeners.push(look)
        look()
      }),
    async settled() {
      await Promise.all([...running.values()].map(({ done }) => done))
      await outbox.empty()
    },
    unsealed: spools.unsealed,
  }
}
