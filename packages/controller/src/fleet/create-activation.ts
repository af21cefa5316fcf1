import type { CreateActivationRequest } from '@muster/protocol/api'
import type { OperationContext } from '#api/operation.ts'
import type { Tx } from '#db/index.ts'
import { nodeArn } from '#kit/identity.ts'
import { findTagsProblem, fromTagList, mayTag } from '#tags/index.ts'
import { type Activation, CODE_BYTES, planExpiry, toCode } from './activation.ts'
import { insertActivation } from './activation-store.ts'
import type { FleetDeps } from './deps.ts'
import { codeMac } from './enrol.ts'

export type NewActivation = { readonly activation: Activation; readonly code: string } | { readonly problem: string }

/** Checks what is asked for and writes an activation; the code is in the answer and nowhere else. */
export async function createActivationIn(
  tx: Tx,
  deps: Pick<FleetDeps, 'access' | 'home' | 'ids' | 'sealer'>,
  request: CreateActivationRequest,
  { caller, at, ...asking }: Pick<OperationContext<'CreateActivation'>, 'caller' | 'at' | 'authorise'>,
): Promise<NewActivation> {
  if (request.RegistrationMetadata) return { problem: 'RegistrationMetadata is reserved for internal use.' }
  const wanted = request.ExpirationDate === undefined ? undefined : request.ExpirationDate * 1000
  const expiresAt = planExpiry(wanted, at)
  if (typeof expiresAt !== 'number') return expiresAt
  const tags = fromTagList(request.Tags)
  const tagsProblem = findTagsProblem(tags)
  if (tagsProblem !== undefined) return { problem: tagsProblem }
  const role = await deps.access.passRole(tx, request.IamRole, asking)
  await mayTag(nodeArn(deps.home, '*'), tags, asking)
  if (!role) return { problem: `There is no role ${request.IamRole} for nodes.` }

  const id = deps.ids.uuid()
  const code = toCode(deps.ids.bytes(CODE_BYTES))
  const activation: Activation = {
    id,
    codeMac: codeMac(deps, id, code),
    roleId: role.id,
    roleName: role.name,
    description: request.Description,
    defaultName: request.DefaultInstanceName || undefined,
    limit: request.RegistrationLimit ?? 1,
    used: 0,
    expiresAt,
    createdAt: at,
    createdBy: caller.id,
    tags,
  }
  await insertActivation(tx, activation)
  return { activation, code }
}
