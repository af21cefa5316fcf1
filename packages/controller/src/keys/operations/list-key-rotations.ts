import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { namedArn, requireKey } from '../named.ts'
import { readPage } from '../pages.ts'
import { listRotations } from '../store.ts'
import { toRotation } from '../wire.ts'

/** Lists when a key was rotated, the first time first. */
export const listKeyRotations = ({ home, sealer }: KeyOperationDeps) =>
  operation('ListKeyRotations', {
    kind: 'read',
    access: { action: 'kms:ListKeyRotations', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(db, input, { caller, refuse }) {
      const key = await requireKey(db, home, input.KeyId, refuse)
      const { shown, rest } = await readPage(
        { sealer, principal: caller.id, refuse },
        { ...input, operation: 'ListKeyRotations' },
        (after, limit) => listRotations(db, key.id, typeof after === 'number' ? after : 1, limit),
        ({ version }) => version,
      )
      return { Rotations: shown.map(toRotation), ...rest }
    },
  })
