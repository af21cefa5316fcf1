import type { Plain } from '#kit/index.ts'
import type { Platform } from './precondition.ts'

/** Every action that Command documents may name, with the platforms that it exists for. */
const ACTIONS: Readonly<Record<string, readonly Platform[]>> = {
  'aws:applications': ['Windows'],
  'aws:cloudWatch': ['Windows'],
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
  'muster:patchBaseline': ['Linux', 'Windows', 'MacOS'],
}

/** Actions that this version of Muster has heard of, whether or not a node can run them. */
export const knownActions: ReadonlySet<string> = new Set(Object.keys(ACTIONS))

const ACTION = /^[a-zA-Z0-9_]{1,64}:[a-zA-Z0-9_]{1,64}$/

/** What is wrong with the name of an action in a document, to be read after its place; undefined when nothing is. */
export function inspectAction(action: Plain): string | undefined {
  if (typeof action !== 'string' || !ACTION.test(action)) return 'must be a name such as aws:runShellScript.'
  return knownActions.has(action) ? undefined : `is ${action}, which is no action of Command documents.`
}

/** Platforms that an action exists for; none for an action that nobody has heard of. */
export function actionPlatforms(action: string): readonly Platform[] {
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? []) : []
}
