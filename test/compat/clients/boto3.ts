import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { OperationName, Operations } from '@muster/protocol/api'
import type { TestController } from '../../rig/controller.ts'
import { type Input, type Outcome, outputOf, type Settings, type StockClient } from './client.ts'
import { pythonEnvironment } from './environment.ts'

const script = fileURLToPath(new URL('boto3_calls.py', import.meta.url))

export interface Boto3 extends StockClient {
  readonly name: 'boto3'
  /** Every page of boto3's paginator. */
  pages<O extends OperationName>(operation: O, input: Input, pageSize: number): Promise<Operations[O]['output'][]>
  /** boto3's waiter `command_executed`, asking every second. */
  wait(commandId: string, nodeId: string): Promise<Outcome<object>>
  /** A call of boto3's client for another service, at the same endpoint. */
  other<T>(service: 'sts' | 'kms', operation: string): Promise<Outcome<T>>
}

/** Starts one Python process that answers calls one after the other: importing boto3 takes longer than any of them. */
export function startBoto3(controller: TestController): Boto3 {
  const python = spawn('python3', ['-u', script], { env: pythonEnvironment(controller) })
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  let problems = ''
  python.stderr.setEncoding('utf8').on('data', (text: string) => (problems += text))
  // A process that is gone says so by the end of its output.
  python.stdin.on('error', () => {})
  const ended = new Promise<void>((resolve) => python.on('close', () => resolve()))
  let last: Promise<unknown> = Promise.resolve()

  const ask = async (order: object): Promise<unknown> => {
    python.stdin.write(`${JSON.stringify(order)}\n`)
    const line = await lines.next()
    if (line.done) throw new Error(`python3 ended: ${problems}`)
    return JSON.parse(line.value)
  }
  const inTurn = <T>(order: object): Promise<Outcome<T>> => {
    const answer = last.then(() => ask(order))
    last = answer.catch(() => undefined)
    return answer as Promise<Outcome<T>>
  }
  return {
    name: 'boto3',
    call: (operation, input, settings = {}) =>
      inTurn({ do: 'call', client: clientOf(controller, settings), operation, input }),
    async pages(operation, input, pageSize) {
      return outputOf(await inTurn({ do: 'pages', client: {}, operation, input, pageSize }))
    },
    wait: (CommandId, InstanceId) => inTurn({ do: 'wait', client: {}, input: { CommandId, InstanceId } }),
    other: (service, operation) => inTurn({ do: 'call', client: { service }, operation, input: {} }),
    async [Symbol.asyncDispose]() {
      python.stdin.end()
      await ended
    },
  }
}

const clientOf = (controller: TestController, { attempts, unchecked, ...settings }: Settings): object => ({
  endpoint_url: settings.url,
  region_name: settings.region,
  aws_access_key_id: settings.accessKeyId ?? controller.accessKeyId,
  aws_secret_access_key: settings.secretAccessKey ?? controller.secretAccessKey,
  config: {
    ...(unchecked ? { parameter_validation: false } : {}),
    ...(attempts === undefined ? {} : { retries: { total_max_attempts: attempts } }),
  },
})
