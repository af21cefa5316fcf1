import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

/** One controller a data folder: a name in the kernel's abstract namespace, which no crash can leave behind. */
export async function lockInstance(data: string): Promise<Server | undefined> {
  const name = createHash('sha256').update(realpathSync(data)).digest('hex').slice(0, 32)
  const address =
    process.platform === 'win32' ? `\\\\.\\pipe\\muster-controller-${name}` : `\0muster-controller-${name}`
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
