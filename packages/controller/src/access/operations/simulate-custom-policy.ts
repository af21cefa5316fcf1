import { operation } from '#api/operation.ts'
import type { AccessDeps } from '../deps.ts'
import { readTried, simulatePage } from '../simulation/index.ts'

/**
 * Says what policies would allow, given in the request and stored nowhere.
 * @coverage tags of resources are the real ones unless ContextEntries says otherwise; permissions boundaries, resource policies and resource handling options are not simulated
 */
export const simulateCustomPolicy = (deps: Pick<AccessDeps, 'sealer'>) =>
  operation('SimulateCustomPolicy', {
    kind: 'read',
    access: { action: 'iam:SimulateCustomPolicy', resources: () => ['*'] },
    handle: (_db, input, context) => simulatePage(deps, readTried(input.PolicyInputList), new Map(), input, context),
  })
