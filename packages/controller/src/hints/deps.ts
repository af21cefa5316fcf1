import type { ChangeTopic } from '@muster/protocol/api'
import type { Commands } from '#commands/index.ts'
import type { Reader } from '#db/index.ts'
import type { Fleet } from '#fleet/index.ts'
import type { LinkNews } from '#hub/index.ts'
import type { Ids } from '#kit/ids.ts'
import type { News } from '#kit/news.ts'
import type { Ring } from './ring.ts'

export interface HintsDeps {
  readonly ids: Ids
  readonly hub: { subscribe(news: LinkNews): void }
  readonly fleet: Pick<Fleet, 'subscribe' | 'labels'>
  readonly commands: Pick<Commands, 'subscribe' | 'idsOf'>
}

/** What is watched by one name. */
export interface Topic {
  /** IAM action of the list that shows these: who may not call it is told nothing. */
  readonly action: string
  /** Public ids by key; what is gone is left out. */
  idsOf(db: Reader, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** What the operation of this slice works with. */
export interface WatchDeps {
  readonly topics: Readonly<Record<ChangeTopic, Topic>>
  readonly ring: Ring
  /** Wakes those who wait, by topic. */
  readonly news: News
  /** This life of the controller. */
  readonly life: string
  /** Calls that wait now, by principal. */
  readonly waiting: Map<string, number>
}
