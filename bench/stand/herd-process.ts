import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Herded {
  /** From the first dial to the last welcome. */
  readonly seconds: number
  /** Logins that had to be tried again. */
  readonly again: number
}

/** The nodes of `herd-nodes.ts`. */
export interface HerdProcess extends AsyncDisposable {
  /** Answers each node's id and public key. */
  enrol(order: {
    readonly url: string
    readonly activationId: string
    readonly code: string
    readonly count: number
  }): Promise<readonly (readonly [nodeId: string, publicKey: string])[]>
  herd(order: { readonly url: string; readonly caPem: string; readonly count: number }): Promise<Herded>
  leave(): Promise<void>
}

/** Starts the process; it has no nodes yet. */
export function startHerdProcess(): HerdProcess {
  const script = fileURLToPath(new URL('./herd-nodes.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const order = async <T>(what: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(what)}\n`)
    const line = await lines.next()
    if (line.done) throw new Error('the process of the nodes ended')
    return JSON.parse(line.value) as T
  }
  return {
    async enrol(what) {
      const { nodes } = await order<{ nodes: [string, string][] }>({ do: 'enrol', ...what })
      return nodes
    },
    herd: (what) => order<Herded>({ do: 'herd', ...what }),
    async leave() {
      await order({ do: 'leave' })
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await exited
    },
  }
}
