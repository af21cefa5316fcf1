import type { ServiceSetting } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import type { SettingsDeps } from './deps.ts'
import { type Setting, settingArn } from './setting.ts'
import { findGiven, type GivenValue } from './store.ts'

/** The value that a setting has while nobody gave it one. */
export function defaultOf({ configured }: Pick<SettingsDeps, 'configured'>, setting: Setting): string {
  if (typeof setting.default === 'string') return setting.default
  const value = configured[setting.id]
  if (value === undefined) throw new Error(`The configuration has no value for ${setting.id}.`)
  return value
}

export function toServiceSetting(deps: SettingsDeps, setting: Setting, given: GivenValue | undefined): ServiceSetting {
  const common = { SettingId: setting.id, ARN: settingArn(deps.home, setting.id) }
  if (!given)
    return { ...common, SettingValue: defaultOf(deps, setting), LastModifiedUser: 'System', Status: 'Default' }
  return {
    ...common,
    SettingValue: given.value,
    LastModifiedDate: given.modifiedAt / 1000,
    LastModifiedUser: given.modifiedBy,
    Status: 'Customized',
  }
}

export const readServiceSetting = async (db: Reader, deps: SettingsDeps, setting: Setting): Promise<ServiceSetting> =>
  toServiceSetting(deps, setting, await findGiven(db, setting.id))
