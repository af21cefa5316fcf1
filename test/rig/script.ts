import type { Operations } from '@muster/protocol/api'
import type { TestController } from './controller.ts'
import { until } from './until.ts'

type Invocation = Operations['GetCommandInvocation']['output']
type SendOptions = Partial<Omit<Operations['SendCommand']['input'], 'DocumentName' | 'Parameters'>> & {
  /** Seconds that the script may run. */
  readonly executionTimeout?: number
}

export interface StreamChoice {
  readonly commandId: string
  readonly nodeId: string
  readonly stream?: 'stdout' | 'stderr'
}

/** Sends a shell script to nodes; answers the command's id. */
export async function sendScript(
  { call }: Pick<TestController, 'call'>,
  nodeIds: readonly string[],
  commands: readonly string[],
  { executionTimeout, ...options }: SendOptions = {},
): Promise<string> {
  const { Command } = await call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [...nodeIds],
    Parameters: {
      commands: [...commands],
      ...(executionTimeout !== undefined && { executionTimeout: [String(executionTimeout)] }),
    },
    ...options,
  })
  return Command?.CommandId ?? ''
}

const OPEN: ReadonlySet<string | undefined> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])

/** Waits for the terminal state of one invocation. */
export async function invocationEnd(
  { call }: Pick<TestController, 'call'>,
  commandId: string,
  nodeId: string,
  timeoutMs?: number,
): Promise<Invocation> {
  let last: Invocation | undefined
  const ask = async (): Promise<boolean> => {
    last = await call('GetCommandInvocation', { CommandId: commandId, InstanceId: nodeId })
    return !OPEN.has(last.Status)
  }
  await until(`${commandId} on ${nodeId} is over`, ask, timeoutMs)
  if (last === undefined) throw new Error('unreachable')
  return last
}

export interface ReadOutput {
  readonly total: number
  readonly dropped: number
}

/** Reads a stream to its end by offset, also while it grows; calls that fail are asked again, as a client does. */
export async function readOutput(
  { call }: Pick<TestController, 'call'>,
  { commandId, nodeId, stream = 'stdout' }: StreamChoice,
  take: (piece: Uint8Array) => void,
  timeoutMs = 120_000,
): Promise<ReadOutput> {
  let offset = 0
  let end: ReadOutput | undefined
  const ask = async (): Promise<boolean> => {
    const piece = await call('GetOutput', {
      CommandId: commandId,
      InstanceId: nodeId,
      Stream: stream,
      Offset: offset,
      WaitSeconds: 5,
    })
    const data = Buffer.from(piece.Data, 'base64')
    if (piece.NextOffset !== offset + data.length) throw new Error(`${piece.NextOffset} follows ${offset}`)
    take(data)
    offset = piece.NextOffset
    if (piece.Complete) end = { total: piece.TotalBytes, dropped: piece.DroppedBytes }
    return piece.Complete
  }
  // `until` pauses between questions; what is there already is read without a pause.
  const drain = async (): Promise<boolean> => {
    for (let before = -1; before < offset; ) {
      before = offset
      if (await ask()) return true
    }
    return false
  }
  await until(`${stream} of ${commandId} on ${nodeId} is complete`, drain, timeoutMs)
  if (end === undefined) throw new Error('unreachable')
  return end
}

/** The same, kept whole; for output that fits in memory. */
export async function readWhole(
  controller: Pick<TestController, 'call'>,
  choice: StreamChoice,
): Promise<ReadOutput & { readonly data: Buffer }> {
  const parts: Uint8Array[] = []
  const sizes = await readOutput(controller, choice, (piece) => void parts.push(piece))
  return { ...sizes, data: Buffer.concat(parts) }
}
