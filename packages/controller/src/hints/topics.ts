import type { ChangeTopic } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import type { HintsDeps, Topic } from './deps.ts'

export const invocationKey = (commandKey: number, nodeKey: number): string => `${commandKey}/${nodeKey}`

/** The topics that there are. */
export const createTopics = ({
  fleet,
  commands,
}: Pick<HintsDeps, 'fleet' | 'commands'>): Readonly<Record<ChangeTopic, Topic>> => ({
  Node: {
    action: 'ssm:DescribeInstanceInformation',
    // A node is told of by its public id.
    idsOf: async (_db, keys) => new Map(keys.map((key) => [key, key])),
  },
  Command: {
    action: 'ssm:ListCommands',
    async idsOf(db, keys) {
      const ids = await commands.idsOf(db, keys.map(Number))
      return new Map([...ids].map(([key, id]) => [String(key), id]))
    },
  },
  Invocation: {
    action: 'ssm:ListCommandInvocations',
    idsOf: (db, keys) => invocationIds(db, { fleet, commands }, keys),
  },
})

async function invocationIds(
  db: Reader,
  { fleet, commands }: Pick<HintsDeps, 'fleet' | 'commands'>,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const pairs = keys.map((key) => key.split('/').map(Number) as [number, number])
  const ids = await commands.idsOf(db, [...new Set(pairs.map(([commandKey]) => commandKey))])
  const labels = await fleet.labels(db, [...new Set(pairs.map(([, nodeKey]) => nodeKey))])
  return new Map(
    pairs.flatMap(([commandKey, nodeKey]) => {
      const commandId = ids.get(commandKey)
      const node = labels.get(nodeKey)
      return commandId === undefined || node === undefined
        ? []
        : [[invocationKey(commandKey, nodeKey), `${commandId}/${node.id}`] as const]
    }),
  )
}
