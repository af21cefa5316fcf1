import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildAgent } from '../../../scripts/build-agent.ts'
import { readText, startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { invocationEnd, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'lets a script go on while its agent makes room for a newer build by %s, which reports it (F20)',
  async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-builds-'))
    try {
      const before = await buildAgent(join(folder, 'before'), { version: '0.0.1' })
      const after = await buildAgent(join(folder, 'after'), { version: '0.0.2' })
      await using controller = await startController()
      await using agent = await startAgent(controller, { script: before.path })
      const { nodeId, scratch } = agent
      const versionOf = async () => {
        const { InstanceInformationList } = await controller.call('DescribeInstanceInformation', {})
        return InstanceInformationList?.find(({ InstanceId }) => InstanceId === nodeId)?.AgentVersion
      }
      await until('the older build is there', async () => (await versionOf()) === '0.0.1')

      const commandId = await sendScript(
        controller,
        [nodeId],
        [
          `echo $$ >>${scratch}/began; echo first`,
          `until [ -e ${scratch}/go ]; do sleep 0.1; done`,
          `echo second; echo $$ >>${scratch}/ended`,
          'exit 7',
        ],
      )
      await until('the script runs', async () => (await readText(`${scratch}/began`)) !== '')
      await agent.stop(signal)
      agent.start({}, after.path)
      await until('the newer build is there', async () => (await versionOf()) === '0.0.2')
      await sendScript(controller, [nodeId], [`touch ${scratch}/go`])

      expect(await invocationEnd(controller, commandId, nodeId)).toMatchObject({
        ...{ Status: 'Failed', ResponseCode: 7, StandardOutputContent: 'first\nsecond\n' },
      })
      // One process from its beginning to its end.
      const [began, ended] = [await readText(`${scratch}/began`), await readText(`${scratch}/ended`)]
      expect(began.trim()).toMatch(/^\d+$/)
      expect(ended).toBe(began)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  180_000,
)
