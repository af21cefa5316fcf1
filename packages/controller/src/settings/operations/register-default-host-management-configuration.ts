import { NODE_ROLE } from '#access/index.ts'
import { operation } from '#api/operation.ts'
import type { SettingsDeps } from '../deps.ts'
import { readRoleValue, roleArnOf } from '../role.ts'
import { DEFAULT_HOST_ROLE, NO_ROLE, settingArn } from '../setting.ts'
import { findGiven, putGiven } from '../store.ts'

/**
 * Sets the role of the default host management configuration: the caller's, or the one that every fleet has.
 * @coverage kept as the setting default-ec2-instance-management-role; a node has the role of its activation
 */
export const registerDefaultHostManagementConfiguration = (deps: SettingsDeps) =>
  operation('RegisterDefaultHostManagementConfiguration', {
    kind: 'write',
    access: {
      action: 'ssm:RegisterDefaultHostManagementConfiguration',
      resources: () => [settingArn(deps.home, DEFAULT_HOST_ROLE)],
    },

    async handle(tx, { PermissionModel, RoleArn, Overwrite = false }, { caller, at, refuse, authorise }) {
      const own = PermissionModel === 'SELF_MANAGED'
      if (own && RoleArn === undefined) throw refuse('ValidationException', 'SELF_MANAGED needs a RoleArn.')
      if (!own && RoleArn !== undefined)
        throw refuse('ValidationException', 'SERVICE_MANAGED has a role of its own: leave RoleArn out.')
      const read = await readRoleValue(tx, deps, RoleArn ?? NODE_ROLE, { authorise })
      if ('problem' in read) throw refuse('ValidationException', read.problem)
      if (read.value === NO_ROLE) throw refuse('ValidationException', `${NO_ROLE} is no role.`)

      const present = (await findGiven(tx, DEFAULT_HOST_ROLE))?.value ?? NO_ROLE
      if (present !== NO_ROLE && present !== read.value && !Overwrite)
        throw refuse('ValidationException', `The role ${present} is registered already: say Overwrite to replace it.`)
      if (present !== read.value)
        await putGiven(tx, DEFAULT_HOST_ROLE, { value: read.value, modifiedAt: at, modifiedBy: caller.arn })
      return { RoleArn: roleArnOf(deps.home, read.value) }
    },
  })
