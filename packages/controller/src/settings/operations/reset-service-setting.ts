import { operation } from '#api/operation.ts'
import type { SettingsDeps } from '../deps.ts'
import { findSetting, settingArn } from '../setting.ts'
import { removeGiven } from '../store.ts'
import { toServiceSetting } from '../wire.ts'

/**
 * Gives a setting its default again; one that has it already is no error.
 * @coverage settings of what is built: docs/operating/settings.md; others are not found
 */
export const resetServiceSetting = (deps: SettingsDeps) =>
  operation('ResetServiceSetting', {
    kind: 'write',
    access: {
      action: 'ssm:ResetServiceSetting',
      resources: ({ SettingId }) => [settingArn(deps.home, findSetting(deps.home, SettingId)?.id ?? SettingId)],
    },

    async handle(tx, { SettingId }, { refuse }) {
      const setting = findSetting(deps.home, SettingId)
      if (!setting) throw refuse('ServiceSettingNotFound', `There is no setting ${SettingId}.`)
      await removeGiven(tx, setting.id)
      return { ServiceSetting: toServiceSetting(deps, setting, undefined) }
    },
  })
