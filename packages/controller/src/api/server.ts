import type { IncomingMessage, ServerResponse } from 'node:http'
import { findOperationByName } from '@muster/protocol/api'
import type { Caller } from '#kit/identity.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createAuthenticator } from './authenticate.ts'
import type { ApiDeps } from './deps.ts'
import { ANSWER_KEPT_MS } from './first-answer.ts'
import { createHttp } from './http.ts'
import { createCallLimits, createRefusals, NO_RATES } from './limits/index.ts'
import { type Answer, createPipeline } from './pipeline.ts'
import { removeAnswers } from './store.ts'

/** The API of one controller: for HTTP listeners and for nodes that call over their link. */
export interface Api extends AsyncDisposable {
  /** Must have resolved before the first request. */
  ready(): Promise<void>
  /** Serves one HTTP request; attach it to every listener. */
  handler(request: IncomingMessage, response: ServerResponse): void
  /** One operation, by bare name or target, of a caller who is known already. */
  call(caller: Caller, operation: string, input: Uint8Array, signal?: AbortSignal): Promise<Answer>
  /** Ends the calls under way with 503, for a shutdown that does not wait for long polls. */
  endCalls(): void
  readonly sweeps: readonly Sweep[]
}

const PRUNE_EVERY_MS = 600_000
const PRUNE_ROWS = 500

/** Makes the API: one pipeline behind HTTP and behind the link. */
export function createApi(deps: ApiDeps): Api {
  const { clock, db, ids, home, regionAliases, access, rates = NO_RATES, metrics } = deps
  const limits = createCallLimits({ clock, rates })
  const pipeline = createPipeline({ ...deps, limits })
  const refusals = createRefusals({ clock, perSecond: rates.refused })
  const authenticator = createAuthenticator({ access, refusals, now: clock.now, region: home.region, regionAliases })
  metrics.gauge('muster_api_calls_under_way', 'API calls that have no answer yet.', limits.underWay)
  const http = createHttp({ ...deps, authenticator, pipeline })
  return {
    ready: () => http.ready(),
    handler: (request, response) => http.handle(request, response),
    async call(caller, operation, input, signal) {
      const model = findOperationByName(operation.slice(operation.indexOf('.') + 1))
      let forget = (): void => {}
      const onGone = (end: () => void): void => {
        if (signal?.aborted) end()
        signal?.addEventListener('abort', end, { once: true })
        forget = () => signal?.removeEventListener('abort', end)
      }
      const answer = await pipeline.run({ caller, model, body: input, requestId: ids.uuid(), onGone })
      forget()
      return answer
    },
    endCalls: () => pipeline.close(),
    sweeps: [
      {
        name: 'api.prune-answers',
        every: PRUNE_EVERY_MS,
        async run(signal) {
          let removed = PRUNE_ROWS
          while (removed >= PRUNE_ROWS && !signal.aborted)
            removed = await db.write((tx) => removeAnswers(tx, clock.now() - ANSWER_KEPT_MS, PRUNE_ROWS))
        },
      },
    ],
    async [Symbol.asyncDispose]() {
      pipeline.close()
      await http.close()
    },
  }
}
