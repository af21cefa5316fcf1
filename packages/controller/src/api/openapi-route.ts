import { describeApi, findOperationByName } from '@muster/protocol/api'
import { CONTROLLER_VERSION } from '#version.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

/** `GET /openapi.json`: the operations that this controller answers, for everyone; made at the first request. */
export function openApiRoute(operations: readonly Operation[]): Route {
  let body: Buffer | undefined
  const make = (): Buffer => {
    const built = operations.flatMap(({ name }) => findOperationByName(name) ?? [])
    return Buffer.from(JSON.stringify(describeApi(built, CONTROLLER_VERSION)))
  }
  return {
    method: 'GET',
    path: '/openapi.json',
    async handle() {
      body ??= make()
      return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'max-age=300' }, body }
    },
  }
}
