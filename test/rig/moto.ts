import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** moto's server as a real process on loopback: a store that speaks S3, empty at each start. */
export interface Moto extends AsyncDisposable {
  readonly url: string
  createBucket(bucket: string): Promise<void>
  /** The bytes at an address; undefined when there is no such object. */
  read(url: string): Promise<Buffer | undefined>
  stop(): Promise<void>
}

// moto only looks whether a request is signed, and by whose key.
const authorization =
  'AWS4-HMAC-SHA256 Credential=rig/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'
const headers = { authorization }

/** Starts it on a port, or on a free one. */
export async function startMoto(port = 0): Promise<Moto> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const lines: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
        if (address !== undefined) resolve(address)
      })
    child.on('error', reject)
    void exited.then(() => reject(new Error(`moto_server ended:\n${lines.slice(-20).join('\n')}`)))
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
  }
  return {
    url,
    stop,
    async createBucket(bucket) {
      const { ok, status } = await fetch(`${url}/${bucket}`, { method: 'PUT', headers })
      if (!ok) throw new Error(`moto answered ${status} for the bucket ${bucket}`)
    },
    async read(address) {
      const answer = await fetch(address, { headers })
      const bytes = Buffer.from(await answer.arrayBuffer())
      if (answer.status === 404) return undefined
      if (!answer.ok) throw new Error(`moto answered ${answer.status} for ${address}: ${bytes}`)
      return bytes
    },
    [Symbol.asyncDispose]: stop,
  }
}
