import { type OperationContext, operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { findSteps } from '../list-store.ts'
import type { StreamKey } from '../output/store.ts'
import { awaitOutput } from '../output/wait.ts'
import type { CommandParts } from '../parts.ts'
import { chooseStep } from '../step-choice.ts'
import { findCommandKeys } from '../store.ts'

type Context = OperationContext<'GetOutput'>

const MAX_BYTES = 262_144

/** Bytes of one stream from an offset, also while the command runs; waits up to 20 s for what is not there yet. */
export const getOutput = (parts: CommandParts) => {
  const followed = createFollowed(parts)
  return operation('GetOutput', {
    kind: 'read',
    waits: true,
    access: { action: 'ssm:GetCommandInvocation', resources: () => ['*'] },

    async handle(db, input, context) {
      const { Offset: offset = 0, MaxBytes: max = MAX_BYTES, WaitSeconds = 0 } = input
      const key = followed.find(input) ?? (await findStreamKey(db, parts, input, context))
      followed.add(input, key)
      const wait = { waitMs: WaitSeconds * 1000, signal: context.signal }
      const view = await awaitOutput(db, parts, { key, range: { offset, max }, wait }, parts.farOutput)
      return {
        Data: base64(view.data),
        NextOffset: offset + view.data.length,
        TotalBytes: view.total,
        DroppedBytes: view.dropped,
        // There is more to come for this reader until it has read the last kept byte.
        Complete: view.complete && offset + view.data.length >= view.total - view.dropped,
      }
    },
  })
}

type Asked = Parameters<typeof findStreamKey>[2]

const MAX_FOLLOWED = 2_000

/** What streams were asked for lately; good while one is open, because then its command is there. */
function createFollowed({ receiver }: CommandParts) {
  const keys = new Map<string, StreamKey>()
  const nameOf = ({ CommandId, InstanceId, Stream, PluginName }: Asked): string =>
    JSON.stringify([CommandId, InstanceId, Stream, PluginName])
  return {
    find(asked: Asked): StreamKey | undefined {
      const key = keys.get(nameOf(asked))
      return key && receiver.tail(key) && key
    },
    add(asked: Asked, key: StreamKey): void {
      const name = nameOf(asked)
      // Last asked for stands last.
      keys.delete(name)
      keys.set(name, key)
      for (const oldest of keys.keys()) {
        if (keys.size <= MAX_FOLLOWED) return
        keys.delete(oldest)
      }
    },
  }
}

// A view, not a copy: a piece may have a quarter of a megabyte.
const base64 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('base64')

async function findStreamKey(
  db: Reader,
  { db: store, fleet }: CommandParts,
  input: {
    readonly CommandId: string
    readonly InstanceId: string
    readonly PluginName?: string | undefined
    readonly Stream: 'stdout' | 'stderr'
  },
  { refuse }: Context,
): Promise<StreamKey> {
  const commandKey = (await findCommandKeys(db, store.dialect, [input.CommandId])).get(input.CommandId)
  if (commandKey === undefined) throw refuse('InvalidCommandId')
  const nodeKey = await fleet.findKey(db, input.InstanceId)
  if (nodeKey === undefined) throw refuse('InvocationDoesNotExist')
  const steps = await findSteps(db, commandKey, nodeKey)
  if (steps.length === 0) throw refuse('InvocationDoesNotExist')
  const choice = chooseStep(steps, input.PluginName)
  if (choice.kind !== 'step') throw refuse('InvalidPluginName')
  return { commandKey, nodeKey, step: choice.step.step, stream: input.Stream }
}
