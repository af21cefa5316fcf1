import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FakeAgent } from '../kit/fake-agent.ts'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { postSigned } from './signed.ts'

const POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Documents', Effect: 'Allow', Action: 'ssm:SendCommand', Resource: 'arn:aws:ssm:*:*:document/*' },
    {
      ...{ Sid: 'Dev', Effect: 'Allow', Action: 'ssm:SendCommand', Resource: 'arn:aws:ssm:*:*:managed-instance/*' },
      Condition: { StringEquals: { 'ssm:resourceTag/Env': 'dev' } },
    },
  ],
}
const WHY =
  'the statement Dev (number 2) of the policy dev would, but only where StringEquals holds for ssm:resourceTag/Env and dev, and ssm:resourceTag/Env is prod here.'

let controller: TestController
/** The same controller, with ann's key. */
let asAnn: TestController
let dev: FakeAgent
let prod: FakeAgent

beforeAll(async () => {
  controller = await startController()
  const enrol = async (Value: string): Promise<FakeAgent> => {
    const Tags = [{ Key: 'Env', Value }]
    const made = await controller.call('CreateActivation', { IamRole: 'MusterNode', Tags })
    const { ActivationId = '', ActivationCode = '' } = made
    return enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })
  }
  dev = await enrol('dev')
  prod = await enrol('prod')
  await controller.call('CreateUser', { UserName: 'ann' })
  const PolicyDocument = JSON.stringify(POLICY)
  await controller.call('PutUserPolicy', { UserName: 'ann', PolicyName: 'dev', PolicyDocument })
  const { AccessKey } = await controller.call('CreateAccessKey', { UserName: 'ann' })
  asAnn = Object.assign(Object.create(controller) as TestController, {
    ...{ accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey },
  })
})
afterAll(async () => {
  await dev[Symbol.asyncDispose]()
  await prod[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const send = (node: FakeAgent) =>
  postSigned(
    asAnn,
    'AmazonSSM.SendCommand',
    JSON.stringify({
      ...{ DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['id'] }, InstanceIds: [node.nodeId] },
    }),
  )
const arnOf = (node: FakeAgent) => `arn:aws:ssm:us-east-1:${controller.accountId}:managed-instance/${node.nodeId}`

it('lets a user run on the nodes with the tag of its policy, and on no other', async () => {
  expect((await send(dev)).status).toBe(200)
  expect((await send(prod)).json).toEqual({
    __type: 'AccessDeniedException',
    Message: `User: arn:aws:iam::${controller.accountId}:user/ann is not authorized to perform: ssm:SendCommand on resource: ${arnOf(prod)} because no identity-based policy allows the ssm:SendCommand action`,
  })
})

it('says in the simulator why', async () => {
  const { EvaluationResults } = await controller.call('SimulatePrincipalPolicy', {
    PolicySourceArn: `arn:aws:iam::${controller.accountId}:user/ann`,
    ActionNames: ['ssm:SendCommand'],
    ResourceArns: [arnOf(dev), arnOf(prod)],
  })
  expect(EvaluationResults.map(({ EvalDecision, Sentence }) => [EvalDecision, Sentence])).toEqual([
    ['allowed', `The statement Dev (number 2) of the policy dev allows ssm:SendCommand on ${arnOf(dev)}.`],
    ['implicitDeny', `Nothing allows ssm:SendCommand on ${arnOf(prod)}: ${WHY}`],
  ])
})
