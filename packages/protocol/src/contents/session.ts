import { isMap, type Platform, parseParameters } from '#documents/index.ts'
import type { PlainObject } from '#kit/index.ts'
import {
  ALL_PLATFORMS,
  type ContentFormat,
  descriptionOf,
  findSchemaProblem,
  findTextProblem,
  readMap,
  refuseContent,
  type TypedResult,
} from './typed.ts'

const SESSION_TYPES = ['Standard_Stream', 'InteractiveCommands', 'NonInteractiveCommands', 'Port']
const PLATFORMS: Readonly<Record<string, Platform>> = { linux: 'Linux', windows: 'Windows', macos: 'MacOS' }

/** Session documents: schema 1.0, what a session does and where its log goes. */
export function parseSession(content: string, format: ContentFormat): TypedResult {
  const read = readMap('Session', content, format)
  if (!read.ok) return read
  const { root } = read
  const schema = findSchemaProblem('Session', root, ['1.0'])
  if (schema) return schema
  const { sessionType, inputs, properties } = root
  if (sessionType === undefined) return refuseContent('sessionType is missing.')
  if (typeof sessionType !== 'string' || !SESSION_TYPES.includes(sessionType))
    return refuseContent(`sessionType must be one of ${SESSION_TYPES.join(', ')}.`)
  const parameters = parseParameters(root['parameters'])
  const problem =
    findTextProblem(root, ['description']) ??
    (parameters.ok ? undefined : parameters.text) ??
    (inputs === undefined || inputs === null || isMap(inputs) ? undefined : 'inputs must be a map.') ??
    findInputsProblem(isMap(inputs) ? inputs : {}) ??
    findPropertiesProblem(sessionType, properties)
  if (problem !== undefined || !parameters.ok) return refuseContent(problem ?? 'parameters must be a map.')
  const shown = { schemaVersion: '1.0', ...descriptionOf(root), parameters: parameters.value, files: new Map() }
  return { ok: true, document: { ...shown, platformTypes: platformsOf(properties) } }
}

const FLAGS = ['s3EncryptionEnabled', 'cloudWatchEncryptionEnabled', 'cloudWatchStreamingEnabled', 'runAsEnabled']
const TEXTS = ['s3BucketName', 's3KeyPrefix', 'cloudWatchLogGroupName', 'kmsKeyId', 'runAsDefaultUser']
const MINUTES: Readonly<Record<string, number>> = { idleSessionTimeout: 60, maxSessionDuration: 1440 }

function findInputsProblem(inputs: PlainObject): string | undefined {
  for (const name of FLAGS)
    if (inputs[name] !== undefined && typeof inputs[name] !== 'boolean') return `inputs.${name} must be true or false.`
  for (const [name, most] of Object.entries(MINUTES)) {
    const value = inputs[name]
    if (value === undefined || value === '' || isReference(value)) continue
    const minutes = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value
    if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > most)
      return `inputs.${name} must be whole minutes from 1 to ${most}.`
  }
  const { shellProfile } = inputs
  if (shellProfile !== undefined && !isMap(shellProfile)) return 'inputs.shellProfile must be a map of platforms.'
  return findTextProblem(inputs, TEXTS, 'inputs.')
}

const isReference = (value: unknown): boolean => typeof value === 'string' && /^\{\{.*\}\}$/s.test(value)

function findPropertiesProblem(type: string, properties: unknown): string | undefined {
  if (type === 'Standard_Stream') return undefined
  if (properties === undefined) return `properties is missing: a session of type ${type} needs it.`
  if (!isMap(properties as never)) return 'properties must be a map.'
  const map = properties as PlainObject
  if (type === 'Port') return map['portNumber'] === undefined ? 'properties.portNumber is missing.' : undefined
  const platforms = Object.keys(map)
  if (platforms.length === 0) return 'properties must name linux, windows or macos.'
  for (const platform of platforms) {
    if (!Object.hasOwn(PLATFORMS, platform)) return `properties.${platform} is none of linux, windows, macos.`
    const commands = map[platform]
    if (!isMap(commands) || typeof commands['commands'] !== 'string')
      return `properties.${platform}.commands must be a string.`
  }
  return undefined
}

function platformsOf(properties: unknown): readonly Platform[] {
  const named = isMap(properties as never) ? Object.keys(properties as PlainObject) : []
  const platforms = ALL_PLATFORMS.filter((platform) => named.includes(platform.toLowerCase()))
  return platforms.length === 0 ? ALL_PLATFORMS : platforms
}
