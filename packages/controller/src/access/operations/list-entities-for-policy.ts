import { operation } from '#api/operation.ts'
import { findAnyPolicy } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { entitiesOf } from '../store/attachments.ts'

const KINDS = { Group: 'access_group', User: 'access_user', Role: 'access_role' } as const
type Kind = keyof typeof KINDS

/** Lists whom a managed policy is attached to: groups, then roles, then users. */
export const listEntitiesForPolicy = ({ sealer }: AccessOperationDeps) =>
  operation('ListEntitiesForPolicy', {
    kind: 'read',
    access: { action: 'iam:ListEntitiesForPolicy', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(db, input, context) {
      await findAnyPolicy(db, input.PolicyArn)
      const prefix = input.PathPrefix ?? '/'
      const found: { kind: Kind; id: string; name: string }[] = []
      for (const kind of ['Group', 'Role', 'User'] as const) {
        if (input.EntityFilter !== undefined && input.EntityFilter !== kind) continue
        const entities = await entitiesOf(db, KINDS[kind], input.PolicyArn)
        found.push(
          ...entities.filter(({ path }) => path.startsWith(prefix)).map(({ id, name }) => ({ kind, id, name })),
        )
      }
      const source = wholeList(found, ({ kind, name }) => `${kind}:${name.toLowerCase()}`)
      const { items, rest } = await pageOf(sealer, 'ListEntitiesForPolicy', input, context, source)
      const of = (wanted: Kind) => items.filter(({ kind }) => kind === wanted)
      return {
        PolicyGroups: of('Group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
        PolicyUsers: of('User').map(({ id, name }) => ({ UserName: name, UserId: id })),
        PolicyRoles: of('Role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
        ...rest,
      }
    },
  })
