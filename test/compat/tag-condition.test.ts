import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FakeAgent } from '../kit/fake-agent.ts'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { startProgram } from '../rig/program.ts'
import { until } from '../rig/until.ts'
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

const main = fileURLToPath(new URL('../../packages/controller/src/main.ts', import.meta.url))

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

it('has both in the audit, the refused one with the reason', async () => {
  const { Events } = await controller.call('ListAuditEvents', { Operation: 'SendCommand' })
  const denied = { Decision: 'Denied', Result: 'AccessDeniedException', Resources: [arnOf(prod)] }
  expect(Events).toMatchObject([
    { ...denied, Why: `Nothing allows ssm:SendCommand on ${arnOf(prod)}: ${WHY}` },
    { Decision: 'Allowed', Result: 'OK' },
  ])
  expect(Events.map(({ PrincipalArn }) => PrincipalArn.split(':').at(-1))).toEqual(['user/ann', 'user/ann'])
})

it('names the row of the audit in which one byte was changed', async () => {
  const sealed = async () => {
    const { Events } = await controller.call('ListAuditEvents', { Operation: 'SendCommand', Decision: 'Denied' })
    return Events[0]?.Sequence
  }
  await until('the rows are sealed', async () => (await sealed()) !== undefined)
  const verify = async () => {
    const program = startProgram({ script: main, args: ['audit', 'verify', '--data', controller.data] })
    return { line: await program.firstLine, status: await program.exited }
  }
  expect((await verify()).status).toBe(0)
  const number = Number(await sealed())
  const store = new DatabaseSync(join(controller.data, 'muster.db'), { timeout: 30_000 })
  store.prepare(`update audit_event set resources = replace(resources, 'mi-', 'mj-') where number = ?`).run(number)
  store.close()
  const bad = await verify()
  expect(bad.status).toBe(1)
  expect(bad.line).toContain('NOT valid: Altered')
  expect(bad.line).toContain(String(number))
})
