import { expect, test } from 'vitest'
import { startController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { sealValues } from './values.ts'

const VALUES = Array.from({ length: 700 }, (_, index) => `secret ${index}`)

test('a rotation that was killed in the middle goes on at the next start, and everything opens at each moment', async () => {
  await using controller = await startController()
  const describeKey = async () => (await controller.call('DescribeKey', { KeyId: 'alias/aws/ssm' })).KeyMetadata
  await controller.stop('SIGTERM')
  const values = await sealValues(controller.data, VALUES)

  const killing = { MUSTER_FAILPOINTS: 'data-keys-rewrapped:kill' }
  await controller.start(killing)
  const KeyId = (await describeKey())?.KeyId ?? ''
  // The sweep may be there before the answer is.
  await controller.call('RotateKeyOnDemand', { KeyId }).catch(() => undefined)
  for (const done of [200, 400, 600]) {
    expect(await controller.program.exited).toBe(137)
    expect(await values.byVersion()).toEqual({ 1: 700 - done, 2: done })
    expect(await values.open()).toEqual(VALUES)
    // The sweep may even be there before the controller says that it is ready.
    if (done < 600) await controller.start(killing).catch(() => undefined)
  }
  await controller.start()
  await until('nothing is left to wrap anew', async () => (await describeKey())?.ValuesToRewrap === 0)
  await until('the old version is destroyed', async () =>
    controller.program.log.some((line) => line.includes('its material was destroyed')),
  )
  await controller.stop('SIGTERM')
  expect(await values.byVersion()).toEqual({ 2: 700 })
  expect(await values.open()).toEqual(VALUES)
}, 240_000)
