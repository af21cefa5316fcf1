import type { Platform } from './precondition.ts'

/** Every action that Command documents may name, with the platforms that it exists for. */
const ACTIONS: Readonly<Record<string, readonly Platform[]>> = {
  'aws:applications': ['Windows'],
  'aws:configureDocker': ['Linux', 'Windows'],
  'aws:configurePackage': ['Linux', 'Windows', 'MacOS'],
  'aws:domainJoin': ['Linux', 'Windows'],
  'aws:downloadContent': ['Linux', 'Windows', 'MacOS'],
  'aws:psModule': ['Windows'],
  'aws:refreshAssociation': ['Linux', 'Windows', 'MacOS'],
  'aws:runDocker': ['Linux', 'Windows'],
  'aws:runDockerAction': ['Linux', 'Windows'],
  'aws:runDocument': ['Linux', 'Windows', 'MacOS'],
  'aws:runPowerShellScript': ['Linux', 'Windows', 'MacOS'],
  'aws:runShellScript': ['Linux', 'MacOS'],
  'aws:softwareInventory': ['Linux', 'Windows', 'MacOS'],
  'aws:updateAgent': ['Windows'],
  'aws:updateSsmAgent': ['Linux', 'Windows', 'MacOS'],
}

/** Actions that this version of Muster has heard of, whether or not a node can run them. */
export const knownActions: ReadonlySet<string> = new Set(Object.keys(ACTIONS))

/** Platforms that an action exists for; none for an action that nobody has heard of. */
export function actionPlatforms(action: string): readonly Platform[] {
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? []) : []
}
