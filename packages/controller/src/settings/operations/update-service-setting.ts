import { operation } from '#api/operation.ts'
import type { SettingsDeps } from '../deps.ts'
import { readRoleValue } from '../role.ts'
import { findSetting, findValueProblem, settingArn } from '../setting.ts'
import { putGiven } from '../store.ts'

/**
 * Gives a setting a value, which holds from then on for everything that reads it.
 * @coverage settings of what is built: docs/operating/settings.md; others are not found
 */
export const updateServiceSetting = (deps: SettingsDeps) =>
  operation('UpdateServiceSetting', {
    kind: 'write',
    access: {
      action: 'ssm:UpdateServiceSetting',
      resources: ({ SettingId }) => [settingArn(deps.home, findSetting(deps.home, SettingId)?.id ?? SettingId)],
    },

    async handle(tx, { SettingId, SettingValue }, { caller, at, refuse, authorise }) {
      const setting = findSetting(deps.home, SettingId)
      if (!setting) throw refuse('ServiceSettingNotFound', `There is no setting ${SettingId}.`)
      const problem = findValueProblem(setting, SettingValue)
      if (problem !== undefined) throw refuse('ValidationException', problem)
      const read =
        setting.values.kind === 'role'
          ? await readRoleValue(tx, deps, SettingValue, { authorise })
          : { value: SettingValue }
      if ('problem' in read) throw refuse('ValidationException', read.problem)
      await putGiven(tx, setting.id, { value: read.value, modifiedAt: at, modifiedBy: caller.arn })
      return {}
    },
  })
