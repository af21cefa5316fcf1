import { once } from 'node:events'
import { createServer } from 'node:net'

// Below what the kernel gives to whoever asks for any port: what is killed must find its own port free again.
const [FROM, TO] = [20_000, 32_000]

/** A loopback port that stays free while nobody listens there. */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = FROM + Math.floor(Math.random() * (TO - FROM))
    const probe = createServer()
    try {
      probe.listen(port, '127.0.0.1')
      await once(probe, 'listening')
      return port
    } catch {
      // Somebody's: another one.
    } finally {
      probe.close()
    }
  }
}
