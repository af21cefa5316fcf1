import { findShape, type OperationModel } from '@muster/protocol/api'
import { canonicalBytes } from '@muster/protocol/kit'
import type { Sealer } from '#kit/seal.ts'

/** Names a request's parameters without revealing them: a MAC that leaves out what the model calls sensitive. */
export function parametersMac(sealer: Pick<Sealer, 'mac'>, model: OperationModel, input: unknown): Uint8Array {
  const shown = model.input === undefined ? {} : (withoutSensitive(model.service, model.input, input) ?? {})
  return sealer.mac('request-parameters', Buffer.from(model.name), canonicalBytes(shown))
}

function withoutSensitive(service: OperationModel['service'], shapeName: string, value: unknown): unknown {
  const shape = findShape(service, shapeName)
  if (!shape || shape.sensitive || value === undefined) return undefined
  if (shape.key && findShape(service, shape.key.shape)?.sensitive) return undefined
  const inner = (name: string | undefined, part: unknown): unknown =>
    name === undefined ? undefined : withoutSensitive(service, name, part)
  if (Array.isArray(value)) return value.map((item) => inner(shape.member?.shape, item) ?? null)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).flatMap(([key, member]) => {
    const kept = inner((shape.members?.[key] ?? shape.value)?.shape, member)
    return kept === undefined ? [] : [[key, kept] as const]
  })
  return Object.fromEntries(members)
}
