import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A bare server and as many bare links to it as asked for, in two processes; times in ms. */
export interface BareLinks extends AsyncDisposable {
  /** Opens links, so many at a time; with a commit at each when told so. */
  connect(count: number, options?: { readonly atOnce?: number; readonly commit?: boolean }): Promise<number>
  /** 300 bytes out and 200 back on so many links, all or so many at a time. */
  echo(count: number, atOnce?: number): Promise<number>
  closeAll(): Promise<void>
  readonly serverPid: number
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const AT_ONCE = 32

/** `pki` is a controller's folder of certificates: both sides of a bench use the same kind of keys. */
export async function startBareLinks(folder: string, pki: string): Promise<BareLinks> {
  const keys = generateKeyPairSync('ed25519')
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const pkcs8 = keys.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  const server = startSpeaker(script('./echo-server.ts'), [pki, join(folder, `floor-${Date.now()}.db`), spki])
  const url = await server.line()
  const clients = startSpeaker(script('./echo-clients.ts'), [url, join(pki, 'ca.pem'), pkcs8])
  await clients.line()
  const ask = async (speaker: Speaker, order: object): Promise<number> => {
    speaker.say(JSON.stringify(order))
    return Number(await speaker.line())
  }
  return {
    serverPid: server.pid,
    connect: (count, { atOnce = AT_ONCE, commit = false } = {}) =>
      ask(clients, { do: 'connect', count, atOnce, commit }),
    echo: (count, atOnce = count) => ask(server, { count, atOnce }),
    async closeAll() {
      await ask(clients, { do: 'close', count: 0, atOnce: 0, commit: false })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([clients.end(), server.end()])
    },
  }
}

interface Speaker {
  readonly pid: number
  say(line: string): void
  line(): Promise<string>
  end(): Promise<void>
}

/** A program that answers each line with one. */
function startSpeaker(file: string, args: readonly string[]): Speaker {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return {
    pid: child.pid ?? 0,
    say: (line) => void child.stdin.write(`${line}\n`),
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`${file} ended early`)
      return next.value
    },
    async end() {
      child.stdin.end()
      await exited
    },
  }
}
