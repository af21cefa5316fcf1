import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../../test/rig/program.ts'
import { createSignedClient, type SignedClient } from '../frame/signed-client.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const KEY = { accessKeyId: 'AKIABENCHBENCHBENCHB', secretAccessKey: 'bench-secret', region: 'us-east-1' }

/** A bare controller and a bare agent as processes; `run` takes one script from the request to its seen result. */
export interface CommandFloor extends AsyncDisposable {
  run(script: string): Promise<string>
}

/** Starts both. */
export async function startCommandFloor(
  folder: string,
  poll: (look: () => Promise<string | undefined>) => Promise<string>,
): Promise<CommandFloor> {
  const controller = startProgram({
    script: script('./command-controller.ts'),
    args: [join(folder, 'floor.db'), KEY.secretAccessKey],
  })
  const port = await controller.firstLine
  const agent = startProgram({
    script: script('./command-agent.ts'),
    args: [`ws://127.0.0.1:${port}`, join(folder, 'floor.journal')],
  })
  await agent.firstLine
  const client: SignedClient = createSignedClient(`http://127.0.0.1:${port}`, KEY)
  return {
    async run(text) {
      const { id } = await client.call('Floor.Send', { script: text })
      return poll(async () => {
        const { status } = await client.call('Floor.Get', { id })
        return status === 'Pending' ? undefined : String(status)
      })
    },
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      for (const program of [agent, controller]) program.kill('SIGTERM')
      await Promise.all([agent.exited, controller.exited])
    },
  }
}
