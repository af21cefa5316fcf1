import type { KeyObject } from 'node:crypto'
import type { Clock } from '#kit/index.ts'
import type { Answer, Frame, FrameBodies, FrameKind, Hello, HostFacts, Welcome } from '../frame.ts'
import { LINK_VERSION } from '../version.ts'
import type { Behaviours, LedgerLine } from './behaviour.ts'
import { createCalls } from './calls.ts'
import { createLedger } from './ledger.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createSpools } from './spools.ts'
import { createWorkBench, type WorkBench } from './work-bench.ts'

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
  const { nodeId, clock, privateKey, life = 'life-1' } = options
  let behaviours = options.behaviours ?? {}
  let wire: ((frame: Frame) => boolean) | undefined
  let offset = 0
  let sequence = 0
  let welcome = Promise.withResolvers<Welcome>()

  const send = (frame: Frame): boolean => wire?.(frame) ?? false
  const ledger = createLedger()
  const calls = createCalls(send)
  const outbox = createOutbox(`journal-${life}`, send, () => behaviours.sendsRecords ?? 1)
  const spools = createSpools(send)
  const bench = createWorkBench({
    nodeId,
    bootId: `boot-${life}`,
    privateKey,
    behaviours: () => behaviours,
    controllerNow: () => clock.now() + offset,
    ownNow: () => clock.now(),
    ledger: ledger.write,
    record: outbox.add,
    spool: spools.add,
  })

  const handlers: { readonly [K in FrameKind]?: (body: FrameBodies[K]) => void } = {
    welcome(body) {
      offset = body.controllerTime - clock.now()
      outbox.receipted(body.receivedRecord)
      welcome.resolve(body)
      outbox.resend()
      spools.resend()
    },
    work(body) {
      const { known } = bench.take(body)
      const { invocationId } = body
      const receipts = behaviours.receiptsWork?.(invocationId) ?? true
      if (receipts) send({ kind: 'workReceipt', workReceipt: { invocationId, known } })
    },
    cancel: ({ invocationId }) => bench.cancel(invocationId),
    recordReceipt: ({ number }) => outbox.receipted(number),
    outputReceipt: spools.receipted,
    heartbeatAnswer({ controllerTime }) {
      offset = controllerTime - clock.now()
    },
    answer: calls.answered,
    probe: ({ nonce }) => void send({ kind: 'probeAnswer', probeAnswer: { nonce } }),
  }

  return {
    nodeId,
    ledger: ledger.lines,
    outbox,
    up(transmit) {
      wire = transmit
      welcome = Promise.withResolvers()
      send({ kind: 'hello', hello: helloOf(options, life, outbox, bench) })
    },
    down() {
      wire = undefined
      calls.broken()
    },
    receive(frame) {
      const handle = handlers[frame.kind] as ((body: unknown) => void) | undefined
      handle?.(frame[frame.kind as keyof typeof frame])
    },
    welcomed: () => welcome.promise,
    heartbeat() {
      const running = bench.running().length
      send({ kind: 'heartbeat', heartbeat: { sequence: ++sequence, running, degraded: false, degradedReason: '' } })
    },
    call: calls.make,
    behave(value) {
      behaviours = value
    },
    onLedger: ledger.onLine,
    ledgerLines: ledger.reach,
    async settled() {
      await bench.idle()
      await outbox.empty()
    },
    unsealed: spools.unsealed,
  }
}

function helloOf(options: SimulatedNodeOptions, life: string, outbox: Outbox, bench: WorkBench): Hello {
  const unreceipted = outbox.waiting().map(({ invocationId }) => invocationId)
  return {
    linkVersion: LINK_VERSION,
    agentVersion: '0.0.1',
    actions: options.actions ?? ['aws:runShellScript'],
    host: { ...HOST, ...options.host },
    bootId: `boot-${life}`,
    journalId: outbox.journalId,
    lastRecord: outbox.lastNumber(),
    holding: [...new Set([...bench.running(), ...unreceipted])],
    policyMode: 'full',
    processId: `process-${life}`,
  }
}
