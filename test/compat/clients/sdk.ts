import { SSM, type SSMClientConfig, SSMServiceException } from '@aws-sdk/client-ssm'
import type { TestController } from '../../rig/controller.ts'
import type { Outcome, Settings, StockClient } from './client.ts'

/** Configuration of the SDK's client for the rig's controller. */
export function sdkConfig(controller: TestController, settings: Settings = {}) {
  const { url, region, accessKeyId, secretAccessKey, attempts } = settings
  return {
    endpoint: url ?? controller.url,
    region: region ?? controller.region,
    credentials: {
      accessKeyId: accessKeyId ?? controller.accessKeyId,
      secretAccessKey: secretAccessKey ?? controller.secretAccessKey,
    },
    ...(attempts === undefined ? {} : { maxAttempts: attempts }),
  } satisfies SSMClientConfig
}

/** `@aws-sdk/client-ssm`; it checks no input before it sends. */
export function createSdk(controller: TestController): StockClient {
  return {
    name: 'aws-sdk',
    async call(operation, input, settings) {
      const client = new SSM(sdkConfig(controller, settings))
      const method = `${operation[0]?.toLowerCase()}${operation.slice(1)}` as 'listCommands'
      try {
        return { ok: true, output: (await client[method](input)) as never }
      } catch (error) {
        return toFailure(error)
      } finally {
        client.destroy()
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** What went wrong, as the SDK's user finds it. */
export function toFailure(error: unknown): Outcome<never> {
  if (!(error instanceof SSMServiceException)) throw error
  return { ok: false, code: error.name, kind: error.constructor.name, text: error.message }
}
