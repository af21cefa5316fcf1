import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProxySettings } from '#config.ts'
import { removeAll, replaceFile } from '#platform/index.ts'

/** What enrolment left on the host, beside the key. */
export interface Registration {
  readonly nodeId: string
  readonly accountId: string
  readonly region: string
  readonly role: string
  /** Addresses of the controllers; each start begins with one of them at random. */
  readonly controllers: readonly string[]
  /** The controller's own CA, pinned at enrolment. */
  readonly caPem?: string
  /** The way to the controllers that was given at enrolment. */
  readonly proxy?: ProxySettings
  readonly registeredAt: string
}

export class RegistrationError extends Error {
  override readonly name = 'RegistrationError'
}

const path = (data: string): string => join(data, 'registration.json')

export function readRegistration(data: string): Registration | undefined {
  if (!existsSync(path(data))) return undefined
  const problem = (text: string) =>
    new RegistrationError(`${path(data)}: ${text}. Restore it, or register this host again with --force.`)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path(data), 'utf8'))
  } catch (cause) {
    throw problem(`not readable (${String(cause)})`)
  }
  if (!isRegistration(value)) throw problem('members are missing')
  return value
}

/** Nothing to log in with any more, until the next registration. */
export const removeRegistration = (data: string): Promise<void> => removeAll(path(data))

export const writeRegistration = (data: string, registration: Registration): Promise<void> =>
  replaceFile(path(data), `${JSON.stringify(registration, null, 2)}\n`)

function isRegistration(value: unknown): value is Registration {
  if (typeof value !== 'object' || value === null) return false
  const { nodeId, accountId, region, controllers } = value as Record<string, unknown>
  return (
    [nodeId, accountId, region].every((text) => typeof text === 'string') &&
    Array.isArray(controllers) &&
    controllers.length > 0
  )
}
