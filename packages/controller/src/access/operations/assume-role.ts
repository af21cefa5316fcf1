import type { AssumeRoleRequest } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import { accessArn, sessionArn } from '../arns.ts'
import { readDocument } from '../documents.ts'
import { heldAs } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { sealSession } from '../session-token.ts'
import { issuerOf, roleIdsOf } from '../sessions.ts'
import { findRoleByName } from '../store/roles.ts'
import { decideTrust } from '../trust.ts'
import { toCredentials } from '../wire.ts'

const HOUR = 3600
const POLICY_CHARS = 2048

/**
 * Gives temporary credentials of a role to whom its trust policy lets in. They end with their time, with the role, and with
 * the user and the key that they were got with.
 * @coverage no MFA device, no session tags, no SourceIdentity: refused with the reason
 */
export const assumeRole = (deps: AccessOperationDeps) =>
  operation('AssumeRole', {
    kind: 'read',
    access: {
      action: 'sts:AssumeRole',
      resources: () => [],
      conditions: ({ ExternalId, RoleSessionName }) => ({
        'sts:ExternalId': ExternalId,
        'sts:RoleSessionName': RoleSessionName,
      }),
      resolves: 'principals',
    },
    secret: () => true,

    async handle(db, input, context) {
      const { RoleArn, RoleSessionName, Policy, PolicyArns, DurationSeconds = HOUR } = input
      const { caller, at, refuse } = context
      const own = await context.authorise([RoleArn])
      const problem = findUnsupported(input)
      if (problem !== undefined) throw refuse('ValidationException', problem)
      const role = await findRoleByName(db, RoleArn.slice(RoleArn.lastIndexOf('/') + 1))
      const isRole = role !== undefined && accessArn(deps.home, 'role', role) === RoleArn
      const trust = isRole ? decideTrust({ ...role, arn: RoleArn }, caller, conditionsOf(input, caller)) : 'none'
      const isAllowed =
        (trust === 'trusted' && !own.explicit.has(RoleArn)) || (trust === 'byOwnPolicies' && own.allowed.has(RoleArn))
      if (!role || caller.kind === 'root' || !isAllowed)
        throw refuse(
          'AccessDeniedException',
          caller.kind === 'root'
            ? 'Roles may not be assumed by root accounts.'
            : `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        )
      if (DurationSeconds > role.maxSessionSeconds)
        throw refuse(
          'ValidationException',
          'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
        )
      const roleIds = roleIdsOf(caller)
      if (roleIds.length > 0 && DurationSeconds > HOUR)
        throw refuse(
          'ValidationException',
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
        )
      if (Policy !== undefined) readDocument(Policy, 'session')
      const policyArns = (PolicyArns ?? []).map(({ arn = '' }) => arn)
      for (const arn of policyArns)
        if (!(await heldAs(db, arn))) throw refuse('ValidationException', `Policy ${arn} does not exist.`)
      const credentials = sealSession(deps, {
        of: { kind: 'role', roleId: role.id, sessionName: RoleSessionName },
        issuedAt: at,
        expiresAt: at + DurationSeconds * 1000,
        issuer: issuerOf(caller),
        roleIds: [...roleIds, role.id],
        ...(Policy !== undefined && { policy: Policy }),
        ...(policyArns.length > 0 && { policyArns }),
      })
      const packed = (Policy ?? '').length + policyArns.join('').length
      return {
        Credentials: toCredentials(credentials),
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${RoleSessionName}`,
          Arn: sessionArn(deps.home, role.name, RoleSessionName),
        },
        ...(packed > 0 && { PackedPolicySize: Math.ceil((packed / POLICY_CHARS) * 100) }),
      }
    },
  })

function findUnsupported({ SerialNumber, TokenCode, SourceIdentity, Tags, TransitiveTagKeys }: AssumeRoleRequest) {
  if (SerialNumber !== undefined || TokenCode !== undefined)
    return 'Roles are assumed without an MFA device here: leave SerialNumber and TokenCode out.'
  if (SourceIdentity !== undefined) return 'A SourceIdentity is not kept here: leave it out.'
  if (Tags !== undefined || TransitiveTagKeys !== undefined)
    return 'Sessions have no tags of their own here, only those of their role: leave Tags and TransitiveTagKeys out.'
  return undefined
}

const conditionsOf = (
  { ExternalId, RoleSessionName }: AssumeRoleRequest,
  caller: { readonly arn: string; readonly id: string; readonly accountId: string; readonly source: string },
) =>
  new Map([
    ['aws:principalarn', [caller.arn]],
    ['aws:principalaccount', [caller.accountId]],
    ['aws:userid', [caller.id]],
    ['aws:sourceip', [caller.source]],
    ['sts:rolesessionname', [RoleSessionName]],
    ...(ExternalId === undefined ? [] : [['sts:externalid', [ExternalId]] as const]),
  ])
