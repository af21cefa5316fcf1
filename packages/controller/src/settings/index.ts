/**
 * Service settings: what operators change through the API while the controller runs. In come the three operations on
 * settings and the two of the default host management configuration, which is one of them; out go values for the slices
 * above. A setting without a row has its default, which for some is what the configuration says.
 */
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { SettingsDeps } from './deps.ts'
import { deregisterDefaultHostManagementConfiguration } from './operations/deregister-default-host-management-configuration.ts'
import { getServiceSetting } from './operations/get-service-setting.ts'
import { registerDefaultHostManagementConfiguration } from './operations/register-default-host-management-configuration.ts'
import { resetServiceSetting } from './operations/reset-service-setting.ts'
import { updateServiceSetting } from './operations/update-service-setting.ts'
import { findSetting } from './setting.ts'
import { findGiven } from './store.ts'
import { defaultOf } from './wire.ts'

export type { SettingsDeps } from './deps.ts'
export { KEEP_COMMANDS_DAYS, KEEP_OUTPUT_GIB, PARAMETER_TIER, type Setting, settings } from './setting.ts'

export interface Settings {
  readonly operations: readonly Operation[]
  /** The value that holds now of a setting that is a number. */
  number(id: string): Promise<number>
  /** The value that holds now of a setting that is a word. */
  word(db: Reader, id: string): Promise<string>
}

/** Wires the settings slice. */
export function createSettings(deps: SettingsDeps): Settings {
  return {
    operations: [
      ...[getServiceSetting(deps), updateServiceSetting(deps), resetServiceSetting(deps)],
      registerDefaultHostManagementConfiguration(deps),
      deregisterDefaultHostManagementConfiguration(deps),
    ],
    async number(id) {
      const setting = findSetting(deps.home, id)
      if (setting?.values.kind !== 'number') throw new Error(`There is no number setting ${id}.`)
      return Number((await findGiven(deps.db.read, id))?.value ?? defaultOf(deps, setting))
    },
    async word(db, id) {
      const setting = findSetting(deps.home, id)
      if (setting?.values.kind !== 'words') throw new Error(`There is no setting ${id} with words for values.`)
      return (await findGiven(db, id))?.value ?? defaultOf(deps, setting)
    },
  }
}
