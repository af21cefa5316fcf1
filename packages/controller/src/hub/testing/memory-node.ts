import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { type Clock, systemClock } from '@muster/protocol/kit'
import { decodeFrame, encodeFrame, type Frame } from '@muster/protocol/link'
import { createSimulatedNode, type SimulatedNode, type SimulatedNodeOptions } from '@muster/protocol/link/testing'
import type { HubService } from '../hub.ts'
import type { Transport, TransportPort } from '../transport.ts'

/** A simulated node with a wire in memory: the hub's side is the real one, frames travel as bytes. */
export interface MemoryNode extends SimulatedNode {
  readonly nodeKey: number
  /** SPKI, DER. */
  readonly publicKey: Uint8Array
  /** Opens a link and waits for its welcome. */
  connect(): Promise<void>
  /** Breaks the link as a cut cable does. */
  disconnect(): void
  /** Reasons by which the controller ended links, oldest first. */
  readonly endings: readonly string[]
}

export interface MemoryNodeOptions extends Partial<Omit<SimulatedNodeOptions, 'nodeId'>> {
  readonly nodeKey: number
  readonly nodeId: string
}

/** Makes a node and connects it. */
export async function connectMemoryNode(hub: HubService, options: MemoryNodeOptions): Promise<MemoryNode> {
  const node = createMemoryNode(hub, options)
  await node.connect()
  return node
}

/** Makes a node that is offline until `connect`. */
export function createMemoryNode(hub: HubService, options: MemoryNodeOptions): MemoryNode {
  const { nodeKey, nodeId } = options
  const clock: Clock = options.clock ?? systemClock
  const privateKey = options.privateKey ?? generateKeyPairSync('ed25519').privateKey
  const node = createSimulatedNode({ ...options, clock, privateKey })
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))
  const endings: string[] = []
  let wire: MemoryWire | undefined

  return {
    ...node,
    nodeKey,
    publicKey,
    endings,
    async connect() {
      wire?.cut()
      const own = createMemoryWire({
        toNode: (frame) => node.receive(frame),
        over(reason) {
          if (reason) endings.push(reason)
          if (wire !== own) return
          wire = undefined
          node.down()
        },
      })
      wire = own
      own.attach(hub.accept({ nodeKey, nodeId, generation: 0, publicKey, source: '192.0.2.1' }, own.transport))
      node.up((frame) => own.toHub(frame))
      await Promise.race([node.welcomed(), own.closed])
    },
    disconnect: () => wire?.cut(),
  }
}

interface MemoryWire {
  readonly transport: Transport
  readonly closed: Promise<void>
  attach(port: TransportPort): void
  toHub(frame: Frame): boolean
  cut(): void
}

interface WireEnds {
  toNode(frame: Frame): void
  over(reason: string | undefined): void
}

// Both directions keep their order, and nothing arrives in the turn of the loop in which it is sent.
function createMemoryWire({ toNode, over }: WireEnds): MemoryWire {
  const closing = Promise.withResolvers<void>()
  let port: TransportPort | undefined
  let open = true
  let held: Uint8Array[] | undefined

  function end(reason?: string): void {
    if (!open) return
    open = false
    port?.closed()
    over(reason)
    closing.resolve()
  }
  function deliver(bytes: Uint8Array): void {
    if (!open) return
    if (held) held.push(bytes)
    else port?.receive(bytes)
  }
  return {
    closed: closing.promise,
    attach(value) {
      port = value
    },
    toHub(frame) {
      const bytes = encodeFrame(frame)
      if (open) setImmediate(() => deliver(bytes))
      return open
    },
    cut: () => end(),
    transport: {
      send(message) {
        const decoded = decodeFrame(message)
        if (!decoded.ok) throw new Error(decoded.problem)
        if (open) setImmediate(() => open && toNode(decoded.frame))
        return open
      },
      pause() {
        held ??= []
      },
      resume() {
        const waiting = held ?? []
        held = undefined
        for (const bytes of waiting) deliver(bytes)
      },
      close: (reason) => end(reason),
    },
  }
}
