/**
 * Hints: which nodes, commands and invocations changed, for consoles that show them. In come the news of hub, fleet and
 * commands; out goes one long poll, with ids only: whoever is told reads again, and is authorised then. The latest
 * changes stand in memory; a watcher that missed some, or comes from another life of the controller, is told to read
 * everything. A hint may come twice, and of what another controller does only the ends of commands come here.
 */
import type { Operation } from '#api/operation.ts'
import { createNews } from '#kit/news.ts'
import type { HintsDeps } from './deps.ts'
import { watchChanges } from './operations/watch-changes.ts'
import { createRing } from './ring.ts'
import { createTopics, invocationKey } from './topics.ts'

export type { HintsDeps } from './deps.ts'

export interface Hints {
  readonly operations: readonly Operation[]
}

const REMEMBERED = 10_000

/** Wires the hints slice. */
export function createHints(deps: HintsDeps): Hints {
  const ring = createRing(REMEMBERED)
  const news = createNews()
  const tell = (topic: 'Node' | 'Command' | 'Invocation', key: string): void => {
    ring.tell(topic, key)
    news.wake(topic)
  }
  deps.hub.subscribe({
    connected: ({ nodeId }) => tell('Node', nodeId),
    lost: () => {},
    lossWritten: (nodeId) => tell('Node', nodeId),
  })
  deps.fleet.subscribe({
    deregistered: (_nodeKey, nodeId) => tell('Node', nodeId),
    changed: (nodeId) => tell('Node', nodeId),
  })
  deps.commands.subscribe({
    changed(commandKey, nodeKeys) {
      tell('Command', String(commandKey))
      for (const nodeKey of nodeKeys) tell('Invocation', invocationKey(commandKey, nodeKey))
    },
  })
  const watch = { topics: createTopics(deps), ring, news, life: deps.ids.hex(16), waiting: new Map<string, number>() }
  return { operations: [watchChanges(watch)] }
}
