/** A setting that was given a value: `service_setting`. What has no row has its default. */
export type SettingRow = {
  id: string
  value: string
  modified_at: number
  /** ARN of who gave it. */
  modified_by: string
}

export type SettingTables = {
  service_setting: SettingRow
}
