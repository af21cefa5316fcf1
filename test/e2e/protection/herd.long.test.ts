import { expect, it } from 'vitest'
import { startController, type TestController } from '../../rig/controller.ts'
import { startFleet } from '../../rig/fleet.ts'
import { ownPort } from '../../rig/port.ts'
import { until } from '../../rig/until.ts'

/** Of one activation, and so of one process. */
const NODES = 1000
const PROCESSES = 2
const PATIENCE_MS = 400_000

async function links(controller: TestController): Promise<number> {
  const text = await (await fetch(`${controller.url}/metrics`)).text()
  return Number(/^muster_links (\d+)$/m.exec(text)?.[1])
}

it('2,000 nodes come back after the controller was killed, and callers are answered meanwhile', async () => {
  const listen = [`http://127.0.0.1:${await ownPort()}`, `https://127.0.0.1:${await ownPort()}`]
  await using controller = await startController({ listen, args: ['--log-level', 'warn'] })
  await using stack = new AsyncDisposableStack()
  for (let process = 0; process < PROCESSES; process++)
    stack.use(await startFleet(controller, { count: NODES, tags: { role: `part-${process}` }, tls: true }))
  await until('all are connected', async () => (await links(controller)) === NODES * PROCESSES, PATIENCE_MS)

  await controller.stop('SIGKILL')
  await controller.start()
  const answered: unknown[] = []
  await until(
    'all are connected again',
    async () => {
      const { Document } = await controller.call('DescribeDocument', { Name: 'AWS-RunShellScript' })
      answered.push(Document?.Name)
      return (await links(controller)) === NODES * PROCESSES
    },
    PATIENCE_MS,
  )
  expect(answered).toContain('AWS-RunShellScript')

  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    Targets: [{ Key: 'tag:role', Values: ['part-0'] }],
    Parameters: { commands: ['true'] },
    MaxConcurrency: '100%',
  })
  await until(
    'a command to half of them ends',
    async () => {
      const { Commands } = await controller.call('ListCommands', { CommandId: Command?.CommandId ?? '' })
      return Commands?.[0]?.CompletedCount === NODES
    },
    PATIENCE_MS,
  )
}, 1_500_000)
