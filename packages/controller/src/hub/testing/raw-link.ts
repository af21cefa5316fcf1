import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameKind,
  type Hello,
  LINK_VERSION,
  type LinkRecord,
} from '@muster/protocol/link'
import type { HubService } from '../hub.ts'
import type { Login } from '../live-link.ts'
import type { Lane } from '../transport.ts'

/** A link whose agent side is the test itself: frames go in by hand and everything sent is noted. */
export interface RawLink {
  readonly sent: readonly Frame[]
  readonly lanes: readonly Lane[]
  readonly closed: readonly string[]
  readonly paused: readonly boolean[]
  frame(frame: Frame): void
  bytes(message: Uint8Array): void
  gone(): void
  /** Resolves with the first frame of the kind that is sent from now on, or was already. */
  next<K extends FrameKind>(kind: K, from?: number): Promise<Extract<Frame, { kind: K }>>
  ended(): Promise<string>
}

export const aHello = (hello: Partial<Hello> = {}): Frame => ({
  kind: 'hello',
  hello: {
    linkVersion: LINK_VERSION,
    agentVersion: '1.0.0',
    actions: ['aws:runShellScript'],
    host: {
      computerName: 'host',
      ipAddress: '10.0.0.1',
      platformType: 'Linux',
      platformName: 'Debian',
      platformVersion: '12',
      architecture: 'x86_64',
    },
    bootId: 'boot-1',
    journalId: 'journal-1',
    lastRecord: 1_000_000,
    holding: [],
    policyMode: 'full',
    processId: 'process-1',
    ...hello,
  },
})

export const aRecord = (number: number, record: Partial<LinkRecord> = {}): Frame => ({
  kind: 'record',
  record: {
    journalId: 'journal-1',
    number,
    invocationId: `invocation-${number}`,
    fact: { kind: 'started', started: { step: 0, attempt: 1, at: 1, bootId: 'boot-1' } },
    ...record,
  },
})

/** Accepts a login and hands the other end of the wire to the test. */
export function openRawLink(
  hub: HubService,
  nodeKey = 1,
  takes: () => boolean = () => true,
  login: Partial<Login> = {},
): RawLink {
  const sent: Frame[] = []
  const lanes: Lane[] = []
  const closed: string[] = []
  const paused: boolean[] = []
  let changed: (() => void)[] = []
  const wake = (): void => {
    for (const go of changed) go()
    changed = []
  }
  const port = hub.accept(
    {
      nodeKey,
      nodeId: `mi-${String(nodeKey).padStart(17, '0')}`,
      generation: 0,
      publicKey: new Uint8Array(0),
      source: '192.0.2.1',
      ...login,
    },
    {
      send(message, lane) {
        if (!takes()) return false
        const decoded = decodeFrame(Uint8Array.from(message))
        if (!decoded.ok) throw new Error(decoded.problem)
        sent.push(decoded.frame)
        lanes.push(lane)
        wake()
        return true
      },
      pause: () => void paused.push(true),
      resume: () => void paused.push(false),
      close(reason) {
        closed.push(reason)
        wake()
      },
    },
  )
  return {
    sent,
    lanes,
    closed,
    paused,
    frame: (frame) => port.receive(encodeFrame(frame)),
    bytes: (message) => port.receive(message),
    gone: () => port.closed(),
    async next(kind, from = 0) {
      for (;;) {
        const found = sent.slice(from).find((frame) => frame.kind === kind)
        if (found) return found as Extract<Frame, { kind: typeof kind }>
        await new Promise<void>((resolve) => changed.push(resolve))
      }
    },
    async ended() {
      while (closed[0] === undefined) await new Promise<void>((resolve) => changed.push(resolve))
      return closed[0]
    },
  }
}

/** A raw link that has said hello and got its welcome. */
export async function openGreetedLink(hub: HubService, nodeKey = 1, hello: Partial<Hello> = {}): Promise<RawLink> {
  const link = openRawLink(hub, nodeKey)
  link.frame(aHello(hello))
  await link.next('welcome')
  return link
}
