import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startAgent } from '../rig/agent.ts'
import { startController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'

const main = fileURLToPath(new URL('../../packages/agent/src/main.ts', import.meta.url))

it('the aws program in a script on a node works as the role of the node', { timeout: 600_000 }, async () => {
  await using controller = await startController()
  const { accountId, region } = controller
  const Resource = `arn:aws:ssm:${region}:${accountId}:parameter/app/*`
  await controller.call('PutRolePolicy', {
    ...{ RoleName: 'MusterNode', PolicyName: 'parameters' },
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ssm:GetParameter'], Resource }],
    }),
  })
  await controller.call('PutParameter', { Name: '/app/plain', Value: 'plain value', Type: 'String' })
  await controller.call('PutParameter', { Name: '/other', Value: 'not for nodes', Type: 'String' })
  await using agent = await startAgent(controller)
  const { Command } = await controller.call('SendCommand', {
    ...{ DocumentName: 'AWS-RunShellScript', InstanceIds: [agent.nodeId] },
    Parameters: {
      commands: [
        `eval "$(${process.execPath} ${main} env --data ${agent.data})"`,
        `export PATH='${process.env['PATH']}' AWS_PAGER=`,
        'aws sts get-caller-identity --query Arn --output text',
        'aws ssm get-parameter --name /app/plain --query Parameter.Value --output text',
        'aws ssm get-parameter --name /other 2>&1 | grep -o AccessDeniedException',
      ],
    },
  })
  const view = () =>
    controller.call('GetCommandInvocation', { CommandId: Command?.CommandId ?? '', InstanceId: agent.nodeId })
  const hasEnded = async () => !['Pending', 'InProgress', 'Delayed'].includes((await view()).Status ?? 'Pending')
  await until('the command has ended', hasEnded, 400_000)
  expect(await view()).toMatchObject({
    StandardErrorContent: '',
    StandardOutputContent: `arn:aws:sts::${accountId}:assumed-role/MusterNode/${agent.nodeId}\nplain value\nAccessDeniedException\n`,
  })
})
