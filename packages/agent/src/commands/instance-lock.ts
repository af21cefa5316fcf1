import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const WAIT_MS = 5_000
const LOOK_MS = 100

/**
 * One agent a data folder: a name in the kernel's abstract namespace, which no crash can leave behind. It is tried for a
 * while: the child of a killed agent holds what its parent held until it has become the program that it was made for.
 */
export async function lockInstance(data: string, waitMs = WAIT_MS): Promise<Server | undefined> {
  const name = createHash('sha256').update(realpathSync(data)).digest('hex').slice(0, 32)
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\muster-agent-${name}` : `\0muster-agent-${name}`
  const until = performance.now() + waitMs
  for (;;) {
    const lock = await listen(address)
    if (lock || performance.now() >= until) return lock
    await pause(LOOK_MS)
  }
}

function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => {
      server.unref()
      resolve(server)
    })
  })
}
