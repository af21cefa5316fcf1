import { expect, it } from 'vitest'
import { startController } from '../rig/controller.ts'

const Password = 'a password for tests'

it('lets a user in by name and password over HTTP, with what its policies allow, until it signs out', async () => {
  await using controller = await startController()
  await controller.call('CreateUser', { UserName: 'ann' })
  await controller.call('CreateLoginProfile', { UserName: 'ann', Password })
  await controller.call('AttachUserPolicy', {
    ...{ UserName: 'ann', PolicyArn: 'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess' },
  })
  const ask = async (name: string, input: object, token?: string) => {
    const reply = await fetch(`${controller.url}/api/${name}`, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: JSON.stringify(input),
    })
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> }
  }
  expect((await ask('SignIn', { UserName: 'ann', Password: 'another password' })).json).toMatchObject({
    __type: 'SignInRefused',
  })
  const { status, json } = await ask('SignIn', { UserName: 'ann', Password })
  expect(status).toBe(200)
  const token = String(json['Token'])
  expect((await ask('DescribeInstanceInformation', {}, token)).status).toBe(200)
  expect(
    (await ask('CreateGroup', { Name: 'mine', ResourceQuery: { Type: 'TAG_FILTERS_1_0', Query: '{}' } }, token)).json,
  ).toMatchObject({ __type: 'AccessDeniedException' })
  expect((await ask('SignOut', {}, token)).status).toBe(200)
  expect((await ask('DescribeInstanceInformation', {}, token)).json).toMatchObject({
    __type: 'UnrecognizedClientException',
  })
  expect((await ask('ListUsers', {})).json).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
})
