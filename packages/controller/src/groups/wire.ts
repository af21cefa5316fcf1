import type { ResourceGroup, ResourceGroupIdentifier, ResourceQuery } from '@muster/protocol/api'
import type { Home } from '#kit/identity.ts'
import type { Group } from './store.ts'

export const groupArn = ({ region, accountId }: Home, name: string): string =>
  `arn:aws:resource-groups:${region}:${accountId}:group/${name}`

/** The name that a request's `Group` means: a name, or this account's ARN of one. */
export const nameOf = (home: Home, nameOrArn: string): string => {
  const prefix = groupArn(home, '')
  return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn
}

export const toGroup = (home: Home, { name, description }: Group): ResourceGroup => ({
  ...{ GroupArn: groupArn(home, name), Name: name },
  ...(description !== '' && { Description: description }),
})

export const toIdentifier = (home: Home, { name, description }: Group): ResourceGroupIdentifier => ({
  ...{ GroupArn: groupArn(home, name), GroupName: name },
  ...(description !== '' && { Description: description }),
})

export const toResourceQuery = ({ query }: Pick<Group, 'query'>): ResourceQuery => ({
  ...{ Type: 'TAG_FILTERS_1_0', Query: query },
})
