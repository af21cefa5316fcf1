import { decodeEnvelope } from '#delivery/index.ts'
import type { Work } from '../frame.ts'
import { type RunPorts, runWork } from './run-work.ts'

/** The work that a simulated node has taken: each invocation once, whatever is sent. */
export interface WorkBench {
  /** Begins unless it is known, unreadable or too late; answers whether it was known. */
  take(work: Work): { readonly known: boolean }
  cancel(invocationId: string): void
  running(): readonly string[]
  /** Resolves when what runs now is over. */
  idle(): Promise<void>
}

interface Running {
  readonly cancel: AbortController
  readonly done: Promise<void>
}

export function createWorkBench(ports: RunPorts): WorkBench {
  const known = new Set<string>()
  const running = new Map<string, Running>()

  function begin(work: Work): void {
    const { invocationId, commandId } = work
    const decoded = decodeEnvelope(work.envelope)
    if (!decoded.ok || ports.controllerNow() > work.deliverBy) return
    const cancel = new AbortController()
    const seen = { invocationId, commandId, envelope: decoded.value, cancelled: cancel.signal }
    const run = async () => {
      const result = await runWork(seen, Uint8Array.from(work.envelope), ports)
      if (result) ports.record(invocationId, { kind: 'result', result })
      running.delete(invocationId)
    }
    // Not in this turn, so that the receipt goes out before anything else.
    running.set(invocationId, { cancel, done: Promise.resolve().then(run) })
  }

  return {
    take(work) {
      const isKnown = known.has(work.invocationId)
      known.add(work.invocationId)
      if (!isKnown) begin(work)
      return { known: isKnown }
    },
    cancel: (invocationId) => running.get(invocationId)?.cancel.abort(),
    running: () => [...running.keys()],
    async idle() {
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
