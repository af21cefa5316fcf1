import type { Home } from '#kit/identity.ts'

const PREFIX = 'alias/'
const RESERVED = 'alias/aws/'

/** Aliases that one key may have. */
export const MAX_ALIASES = 50

/** What is wrong with the name of an alias that someone wants to make or change; undefined when nothing is. */
export function findAliasProblem(name: string): string | undefined {
  if (!name.startsWith(PREFIX) || name.length === PREFIX.length)
    return `The name of an alias begins with ${PREFIX} and goes on: '${name}' does not.`
  if (name.startsWith(RESERVED)) return `Names of aliases that begin with ${RESERVED} are reserved: '${name}'.`
  return undefined
}

export const aliasArn = ({ region, accountId }: Home, name: string): string =>
  `arn:aws:kms:${region}:${accountId}:${name}`
