import type { FakeAgent } from '../kit/fake-agent.ts'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'

/** What every client is tried on: a controller, a real node, and nodes that are never online. */
export interface World extends AsyncDisposable {
  readonly controller: TestController
  /** Tagged role=web and stage=test. */
  readonly agent: TestAgent
  /** Tagged role=web alone; more of them than a page of nodes has at least. */
  readonly offline: readonly FakeAgent[]
}

const OFFLINE = 6

export async function startWorld(): Promise<World> {
  const controller = await startController()
  const agent = await startAgent(controller, { name: 'real', tags: { role: 'web', stage: 'test' } })
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
    RegistrationLimit: OFFLINE,
    Tags: [{ Key: 'role', Value: 'web' }],
  })
  const enrolment = { url: controller.url, activationId: ActivationId, code: ActivationCode }
  const offline: FakeAgent[] = []
  for (let index = 0; index < OFFLINE; index++) offline.push(await enrolFakeAgent(enrolment, index))
  return {
    ...{ controller, agent, offline },
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]()
      await controller[Symbol.asyncDispose]()
    },
  }
}
