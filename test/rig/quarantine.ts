import type { NodeIdentity } from '@muster/protocol/api'
import type { TestController } from './controller.ts'
import { until } from './until.ts'

export async function identityOf({ call }: Pick<TestController, 'call'>, nodeId: string): Promise<NodeIdentity> {
  const { NodeIdentities: [found] = [] } = await call('DescribeNodeIdentities', { InstanceIds: [nodeId] })
  if (!found) throw new Error(`${nodeId} has no identity`)
  return found
}

/** Waits until the node stands so. */
export const nodeIs = (
  controller: Pick<TestController, 'call'>,
  nodeId: string,
  standing: 'Good' | 'Quarantined',
): Promise<void> =>
  until(`${nodeId} is ${standing}`, async () => (await identityOf(controller, nodeId)).Standing === standing)
