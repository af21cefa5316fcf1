import { operation } from '#api/operation.ts'
import type { SettingsDeps } from '../deps.ts'
import { findSetting, settingArn } from '../setting.ts'
import { readServiceSetting } from '../wire.ts'

/**
 * Tells the value that a setting has now, and who gave it.
 * @coverage settings of what is built: docs/operating/settings.md; others are not found
 */
export const getServiceSetting = (deps: SettingsDeps) =>
  operation('GetServiceSetting', {
    kind: 'read',
    access: {
      action: 'ssm:GetServiceSetting',
      resources: ({ SettingId }) => [settingArn(deps.home, findSetting(deps.home, SettingId)?.id ?? SettingId)],
    },

    async handle(db, { SettingId }, { refuse }) {
      const setting = findSetting(deps.home, SettingId)
      if (!setting) throw refuse('ServiceSettingNotFound', `There is no setting ${SettingId}.`)
      return { ServiceSetting: await readServiceSetting(db, deps, setting) }
    },
  })
