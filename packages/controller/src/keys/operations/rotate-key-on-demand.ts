import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { rotateKey } from '../rotate.ts'
import { refuseUnusable } from '../states.ts'

/** Gives a key a new version now; what older ones wrap is wrapped anew in the background, and DescribeKey counts it down. */
export const rotateKeyOnDemand = (deps: KeyOperationDeps) =>
  operation('RotateKeyOnDemand', {
    kind: 'write',
    access: { action: 'kms:RotateKeyOnDemand', resources: ({ KeyId }) => [namedArn(deps.home, KeyId)] },

    async handle(tx, { KeyId }, { at, refuse }) {
      const key = await requireKey(tx, deps.home, KeyId, refuse)
      const arn = keyArn(deps.home, key.id)
      refuseUnusable(key, arn, refuse)
      await rotateKey(tx, deps, key, 'ON_DEMAND', at)
      return { KeyId: key.id }
    },
  })
