import type { Clock } from '@muster/protocol/kit'
import type { HubService } from '#hub/index.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { SlotOptions } from './slots.ts'

export interface LinkDeps {
  readonly hub: Pick<HubService, 'accept' | 'closeAll' | 'cut'>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  /** The node as the store has it now; the slice that owns nodes gives it. */
  readonly findNode: (nodeId: string) => Promise<LoginNode | undefined>
  /** Logins without TLS from other machines; off unless the operator allowed plain http. */
  readonly allowPlain?: boolean
  /** False while this controller has no lease: nodes are to go to another one. */
  readonly isServing?: () => boolean
  /** How fast logins may begin; tests choose it. */
  readonly slots?: SlotOptions
}

export interface LoginNode {
  readonly key: number
  /** Ed25519, SPKI, DER: the key in use, and the one that follows it when there is one. */
  readonly publicKeys: readonly Uint8Array[]
  readonly deregistered: boolean
}
