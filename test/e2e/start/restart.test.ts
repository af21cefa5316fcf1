import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@muster/protocol/api'
import { expect, test } from 'vitest'
import { startController } from '../../rig/controller.ts'

test('the local token of a controller that was killed is good for nothing after its return', async () => {
  await using controller = await startController()
  const { url, token } = JSON.parse(await readFile(join(controller.data, 'local-access.json'), 'utf8')) as {
    url: string
    token: string
  }
  const call = createClient({ endpoint: url, token, fetch })
  await call('ListCommands', {})
  await controller.stop('SIGKILL')
  await controller.start()
  await controller.call('ListCommands', {})
  await expect(call('ListCommands', {})).rejects.toMatchObject({ code: 'UnrecognizedClientException' })
}, 60_000)
