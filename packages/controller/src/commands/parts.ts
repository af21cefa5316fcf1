import type { Tx } from '#db/index.ts'
import type { News } from '#kit/news.ts'
import type { Rollout } from '#rollout/index.ts'
import type { AfterCommit } from './delivery/apply.ts'
import type { CancelRequest } from './delivery/cancel.ts'
import type { Transit } from './delivery/transit.ts'
import type { CommandsDeps } from './deps.ts'
import type { FrozenCommands } from './frozen.ts'
import type { OutputReceiver } from './output/receiver.ts'
import type { FarOutput } from './output/wait.ts'

/** What the operations of this slice work with. */
export interface CommandParts extends CommandsDeps {
  readonly frozen: FrozenCommands
  readonly rollout: Rollout
  readonly transit: Transit
  readonly receiver: OutputReceiver
  readonly news: News
  /** Where there are other controllers. */
  readonly farOutput: FarOutput | undefined
  /** Tells whoever watches commands that one changed, and its invocations on these nodes. */
  readonly tell: (commandKey: number, nodeKeys: readonly number[]) => void
  readonly cancel: (tx: Tx, request: CancelRequest) => Promise<AfterCommit>
  /** Runs what follows a commit; a failure is found again by a sweep and only logged. */
  readonly follow: (work: Promise<void>) => void
}
