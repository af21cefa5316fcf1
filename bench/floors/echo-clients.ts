// Many bare links from one process: each connects over TLS with a signature and answers every message with 200 bytes.
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'

const [url = '', caFile = '', pkcs8 = ''] = process.argv.slice(2)
const ca = readFileSync(caFile)
const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
const BACK = Buffer.alloc(200, 'b')
let links: WebSocket[] = []

function connect(commit: boolean): Promise<void> {
  const nonce = randomBytes(16).toString('hex')
  const headers = {
    'x-nonce': nonce,
    'x-signature': sign(null, Buffer.from(nonce), key).toString('base64'),
    'x-commit': commit ? 'yes' : 'no',
  }
  const link = new WebSocket(`${url.replace('http', 'ws')}/`, {
    ...{ ca, headers, minVersion: 'TLSv1.3', perMessageDeflate: false },
  })
  links.push(link)
  return new Promise((resolve, reject) => {
    link.once('error', reject)
    link.once('message', () => {
      link.on('message', () => link.send(BACK))
      resolve()
    })
  })
}

async function connectAll(count: number, atOnce: number, commit: boolean): Promise<number> {
  const begin = performance.now()
  let left = count
  const connectOn = async (): Promise<void> => {
    while (left-- > 0) await connect(commit)
  }
  await Promise.all(Array.from({ length: atOnce }, connectOn))
  return performance.now() - begin
}

interface Order {
  readonly do: 'connect' | 'close'
  readonly count: number
  readonly atOnce: number
  readonly commit: boolean
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order
  let took = 0
  if (order.do === 'connect') took = await connectAll(order.count, order.atOnce, order.commit)
  else {
    for (const link of links) link.terminate()
    links = []
  }
  process.stdout.write(`${took}\n`)
}
process.exit(0)
