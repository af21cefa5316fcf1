import { operation } from '#api/operation.ts'
import type { SettingsDeps } from '../deps.ts'
import { DEFAULT_HOST_ROLE, settingArn } from '../setting.ts'
import { removeGiven } from '../store.ts'

/** Takes the role of the default host management configuration away; without one it is no error. */
export const deregisterDefaultHostManagementConfiguration = ({ home }: SettingsDeps) =>
  operation('DeregisterDefaultHostManagementConfiguration', {
    kind: 'write',
    access: {
      action: 'ssm:DeregisterDefaultHostManagementConfiguration',
      resources: () => [settingArn(home, DEFAULT_HOST_ROLE)],
    },

    async handle(tx) {
      await removeGiven(tx, DEFAULT_HOST_ROLE)
      return {}
    },
  })
