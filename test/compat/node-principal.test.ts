import { expect, it } from 'vitest'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController } from '../rig/controller.ts'

it('refuses a node that sends a command, and says what it lacks (row 10)', async () => {
  await using controller = await startController()
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
  })
  await using agent = await enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })
  await agent.online()
  await agent.welcomed()

  const answer = await agent.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [agent.nodeId],
    Parameters: { commands: ['true'] },
  })

  const { accountId, region } = controller
  expect([answer.status, JSON.parse(Buffer.from(answer.body).toString())]).toEqual([
    400,
    {
      __type: 'AccessDeniedException',
      Message: `User: arn:aws:sts::${accountId}:assumed-role/MusterNode/${agent.nodeId} is not authorized to perform: ssm:SendCommand on resource: arn:aws:ssm:${region}::document/AWS-RunShellScript because no identity-based policy allows the ssm:SendCommand action`,
    },
  ])
  await expect(controller.call('ListCommands', {})).resolves.toEqual({ Commands: [] })
})
