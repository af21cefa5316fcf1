import { readFile } from 'node:fs/promises'
import { secretVariable } from '@muster/protocol/delivery'
import { pluginsFor } from '#plugins/index.ts'
import { readOrder } from '#runner/index.ts'

/** `muster-agent task FILE`: does what a step asks for, in a process of its own; the running agent starts it. */
export async function runTask(file: string, env: Readonly<Record<string, string | undefined>>): Promise<number> {
  process.umask(0o077)
  const order = readOrder(await readFile(file, 'utf8'))
  const plugins = pluginsFor(process.platform)
  const plugin = plugins.find(({ action }) => action === order.action)
  if (plugin?.kind !== 'task') throw new Error(`${order.action} is no task of this agent`)
  const out = (text: string | Uint8Array): void => void process.stdout.write(text)
  const err = (text: string | Uint8Array): void => void process.stderr.write(text)
  return plugin.perform(order, { plugins, out, err, secret: (secret) => env[secretVariable(secret)] })
}
