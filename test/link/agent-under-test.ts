import { createNews } from '@muster/agent/kit'
import {
  createControllerTime,
  keepLink,
  type LinkDeps,
  LinkError,
  type LinkPorts,
  type LinkState,
} from '@muster/agent/link'
import type { OpenLink, TestNode } from '@muster/controller/link/testing'
import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { LINK_VERSION, type LinkRecord, type Work } from '@muster/protocol/link'
import { type Logger, pino } from 'pino'

/** The agent's end of the link with everything behind it told by the test. */
export interface AgentUnderTest extends AsyncDisposable {
  readonly states: LinkState[]
  /** How long it was to wait before each further try; nothing really waits. */
  readonly pauses: number[]
  readonly works: Work[]
  readonly cancels: string[]
  readonly receipts: number[]
  readonly clock: ManualClock
  /** Resolves when it stops by itself or was stopped; the error where trying again cannot help. */
  readonly ended: Promise<LinkError | undefined>
  /** Journals a fact. */
  record(record: LinkRecord): void
  /** Resolves when it has been in this state so many times. */
  reaches(state: LinkState['state'], times?: number): Promise<void>
  /** Resolves once it is so; asked again at each thing that happens to the agent. */
  until(reached: () => boolean): Promise<void>
  stop(): void
}

interface Options {
  readonly addresses?: LinkDeps['addresses']
  readonly accept?: LinkPorts['work']['accept']
  readonly hello?: Partial<Awaited<ReturnType<LinkPorts['hello']>>>
  readonly helloFails?: boolean
  readonly outputs?: LinkPorts['outputs']['open']
  readonly identity?: Partial<LinkPorts['identity']>
  readonly random?: () => number
}

/** Starts it; it goes on until it is disposed of. */
export function startAgentLink(
  link: Pick<OpenLink, 'url' | 'caPem'>,
  node: TestNode,
  options: Options = {},
): AgentUnderTest {
  const stop = new AbortController()
  const clock = createManualClock(1_000)
  const records: LinkRecord[] = []
  const states: LinkState[] = []
  const pauses: number[] = []
  const works: Work[] = []
  const cancels: string[] = []
  const receipts: number[] = []
  const watching: (() => void)[] = []
  const changed = (): void => {
    for (const wake of watching.splice(0)) wake()
  }
  const until = async (reached: () => boolean): Promise<void> => {
    while (!reached()) await new Promise<void>((resolve) => watching.push(resolve))
  }
  const recordNews = createNews()
  const ports: LinkPorts = {
    async hello() {
      if (options.helloFails) throw new Error('no boot id')
      return {
        linkVersion: LINK_VERSION,
        agentVersion: '1.2.3',
        actions: ['aws:runShellScript'],
        host: HOST,
        bootId: 'boot-1',
        journalId: 'journal-1',
        lastRecord: records.at(-1)?.number ?? 0,
        holding: [],
        policyMode: 'full',
        processId: 'process-1',
        ...options.hello,
      }
    },
    heartbeat: () => ({ running: 0, degraded: false, degradedReason: '' }),
    work: {
      async accept(work) {
        const answer = (await options.accept?.(work)) ?? { known: false }
        works.push({ ...work, envelope: Uint8Array.from(work.envelope) })
        changed()
        return answer
      },
      async cancel(invocationId) {
        cancels.push(invocationId)
        changed()
      },
    },
    records: {
      news: recordNews,
      pending: async (after, limit) => records.filter(({ number }) => number > after).slice(0, limit),
      async receipted(number) {
        receipts.push(number)
        changed()
      },
    },
    outputs: { news: createNews(), open: options.outputs ?? (async () => []) },
    identity: {
      welcomed: async () => {},
      keep: async () => {},
      rotate: () => Promise.reject(new Error('no key')),
      adopt: async () => false,
      ...options.identity,
    },
  }
  const ended = keepLink(
    {
      addresses: options.addresses ?? [{ url: link.url, caPem: link.caPem }],
      login: async () => ({ nodeId: node.nodeId, privateKey: node.privateKey, generation: 0 }),
      ports,
      time: createControllerTime(clock),
      log: SILENT,
      random: options.random ?? (() => 0.5),
      clock,
      onState(state) {
        states.push(state)
        changed()
      },
      async pause(ms) {
        pauses.push(ms)
        await new Promise((resolve) => setImmediate(resolve))
      },
    },
    stop.signal,
  ).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof LinkError) return error
      throw error
    },
  )
  return {
    states,
    pauses,
    works,
    cancels,
    receipts,
    clock,
    ended,
    until,
    record(record) {
      records.push(record)
      recordNews.announce()
    },
    reaches: (state, times = 1) => until(() => states.filter((one) => one.state === state).length >= times),
    stop: () => stop.abort(),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await ended
    },
  }
}

const SILENT: Logger = pino({ level: 'silent' })
const HOST = {
  computerName: 'host',
  ipAddress: '10.0.0.1',
  platformType: 'Linux',
  platformName: 'Debian GNU/Linux',
  platformVersion: '12',
  architecture: 'x86_64',
} as const
