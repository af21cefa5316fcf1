import type { TestController } from '../rig/controller.ts'
import type { Known } from './hostile-inputs.ts'

const policy = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: statement })
const READ = policy({ Effect: 'Allow', Action: 'ssm:Get*', Resource: '*' })
const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' })

/** What hostile inputs of operations on users, roles and policies name: things that are there, and some to take away. */
export interface AccessFixture {
  readonly values: Known['values']
  readonly needed: Known['needed']
  /** By the name of the operation. */
  readonly own: Readonly<Record<string, Known['values']>>
}

/** Makes them. */
export async function makeAccess(controller: TestController): Promise<AccessFixture> {
  const arn = (name: string) => `arn:aws:iam::${controller.accountId}:policy/${name}`
  for (const name of ['staying', 'leaving', 'attached'])
    await controller.call('CreatePolicy', { PolicyName: name, PolicyDocument: READ })
  await controller.call('CreatePolicyVersion', { PolicyArn: arn('staying'), PolicyDocument: READ })
  for (const name of ['staying', 'leaving']) {
    await controller.call('CreateUser', { UserName: name })
    await controller.call('CreateUserGroup', { GroupName: name })
    await controller.call('CreateRole', { RoleName: name, AssumeRolePolicyDocument: TRUST })
    const inline = { PolicyName: name, PolicyDocument: READ }
    await controller.call('PutUserPolicy', { UserName: 'staying', ...inline })
    await controller.call('PutGroupPolicy', { GroupName: 'staying', ...inline })
    await controller.call('PutRolePolicy', { RoleName: 'staying', ...inline })
  }
  const attached = { PolicyArn: arn('attached') }
  await controller.call('AttachUserPolicy', { UserName: 'staying', ...attached })
  await controller.call('AttachGroupPolicy', { GroupName: 'staying', ...attached })
  await controller.call('AttachRolePolicy', { RoleName: 'staying', ...attached })
  const key = await controller.call('CreateAccessKey', { UserName: 'staying' })
  const leavingKey = await controller.call('CreateAccessKey', { UserName: 'leaving' })
  const inline = { PolicyName: 'leaving' }
  const held = { PrincipalArn: arn('attached') }
  return {
    values: {
      AccessKeyId: key.AccessKey.AccessKeyId,
      PolicyName: 'staying',
      PolicyText: READ,
      PolicyVersionId: 'v1',
      PrincipalArn: arn('staying'),
      PrincipalPath: '/',
      PrincipalPathPrefix: '/',
      RoleName: 'staying',
      UserGroupName: 'staying',
      UserName: 'staying',
    },
    needed: {
      CreateAccessKey: ['UserName'],
      DeleteAccessKey: ['UserName'],
      ListAccessKeys: ['UserName'],
      UpdateAccessKey: ['UserName'],
    },
    own: {
      CreatePolicy: { PolicyName: 'made' },
      CreateRole: { RoleName: 'made', PolicyText: TRUST },
      CreateUser: { UserName: 'made' },
      CreateUserGroup: { UserGroupName: 'made' },
      DeleteAccessKey: { UserName: 'leaving', AccessKeyId: leavingKey.AccessKey.AccessKeyId },
      DeleteGroupPolicy: inline,
      DeletePolicy: { PrincipalArn: arn('leaving') },
      DeletePolicyVersion: { PolicyVersionId: 'v2' },
      DeleteRole: { RoleName: 'leaving' },
      DeleteRolePolicy: inline,
      DeleteUser: { UserName: 'leaving' },
      DeleteUserGroup: { UserGroupName: 'leaving' },
      DeleteUserPolicy: inline,
      DetachGroupPolicy: held,
      DetachRolePolicy: held,
      DetachUserPolicy: held,
      SimulatePrincipalPolicy: { PrincipalArn: `arn:aws:iam::${controller.accountId}:user/staying` },
      UpdateAssumeRolePolicy: { PolicyText: TRUST },
    },
  }
}
