import { SSM } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../rig/controller.ts'
import { type Aws, createAws } from './clients/aws.ts'
import { type Boto3, startBoto3 } from './clients/boto3.ts'
import type { Settings, StockClient } from './clients/client.ts'
import { createSdk, sdkConfig, toFailure } from './clients/sdk.ts'
import { startRelay } from './relay.ts'

interface Clients extends AsyncDisposable {
  readonly controller: TestController
  readonly boto3: Boto3
  readonly sdk: StockClient
  readonly aws: Aws
}

const MINUTE_MS = 60_000

/** The clients and a controller whose clock is ahead of theirs. */
async function startClients(aheadMs = 0): Promise<Clients> {
  const env = aheadMs === 0 ? {} : { NODE_OPTIONS: `--import=${moveClock(aheadMs)}` }
  const controller = await startController({ env })
  const [boto3, sdk, aws] = [startBoto3(controller), createSdk(controller), await createAws(controller)]
  return {
    ...{ controller, boto3, sdk, aws },
    async [Symbol.asyncDispose]() {
      for (const part of [boto3, sdk, aws, controller]) await part[Symbol.asyncDispose]()
    },
  }
}

const moveClock = (ms: number): string =>
  `data:text/javascript,${encodeURIComponent(`const now = Date.now; Date.now = () => now() + ${ms}`)}`

/** What each client makes of one call that is refused for its signature. */
async function askAll({ boto3, sdk, aws }: Clients, settings: Settings) {
  const once = { ...settings, attempts: 1 }
  const [python, javascript, line] = await Promise.all(
    [boto3, sdk, aws].map((client) => client.call('ListCommands', {}, once)),
  )
  return {
    boto3: python?.ok === false && [python.code, python.kind, python.text],
    sdk: javascript?.ok === false && [javascript.code, javascript.text],
    aws: line?.ok === false && line.text,
  }
}

let clients: Clients
beforeAll(async () => {
  clients = await startClients()
})
afterAll(() => clients[Symbol.asyncDispose]())

describe('a stock client', { timeout: 120_000 }, () => {
  it('with an access key id that nobody has is not recognised (row 2)', async () => {
    expect(await askAll(clients, { accessKeyId: 'AKIANOBODYNOBODYNOBO' })).toEqual({
      boto3: ['UnrecognizedClientException', 'ClientError', 'The security token included in the request is invalid.'],
      sdk: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
      aws: 'An error occurred (UnrecognizedClientException) when calling the ListCommands operation: The security token included in the request is invalid.',
    })
  })

  it('with a wrong secret is refused (row 3)', async () => {
    expect(await askAll(clients, { secretAccessKey: 'wrong' })).toEqual(MISMATCH)
  })

  it('whose body was altered on the way is refused (row 3)', async () => {
    await using relay = await startRelay(clients.controller.url, (request, send) =>
      send({ ...request, body: Buffer.from(request.body.toString().replace('{}', '[]')) }),
    )
    expect(await askAll(clients, { url: relay.url })).toEqual(MISMATCH)
  })

  it('that signs for another region is told so (row 6)', async () => {
    expect(await askAll(clients, { region: 'eu-central-1' })).toEqual({
      boto3: ['InvalidSignatureException', 'ClientError', 'Credential should be scoped to a valid region. '],
      sdk: ['InvalidSignatureException', 'Credential should be scoped to a valid region. '],
      aws: 'An error occurred (InvalidSignatureException) when calling the ListCommands operation: Credential should be scoped to a valid region.',
    })
  })

  it('that signs for another service is told so (row 7)', async () => {
    const text = "Credential should be scoped to correct service: 'ssm'. "
    expect(await clients.boto3.other('kms', 'ListKeys')).toEqual({
      ...{ ok: false, code: 'InvalidSignatureException', kind: 'ClientError', text },
    })
    expect((await clients.aws.run(['kms', 'list-keys'])).stderr).toBe(
      "An error occurred (InvalidSignatureException) when calling the ListKeys operation: Credential should be scoped to correct service: 'ssm'.",
    )
    const client = new SSM({
      ...sdkConfig(clients.controller),
      httpAuthSchemeProvider: () => [
        {
          schemeId: 'aws.auth#sigv4',
          signingProperties: { name: 'kms', region: clients.controller.region },
          propertiesExtractor: (config, context) => ({ signingProperties: { config, context, signingName: 'kms' } }),
        },
      ],
    })
    await expect(client.listCommands({}).catch(toFailure)).resolves.toMatchObject({
      ...{ code: 'InvalidSignatureException', text },
    })
    client.destroy()
  })

  it('whose clock is ten minutes late is told the five minutes that it has (row 4)', async () => {
    await using late = await startClients(10 * MINUTE_MS)
    const text = expect.stringMatching(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    )
    expect(await askAll(late, {})).toEqual({
      boto3: ['InvalidSignatureException', 'ClientError', text],
      sdk: ['InvalidSignatureException', text],
      aws: expect.stringMatching(
        /^An error occurred \(InvalidSignatureException\) when calling the ListCommands operation: Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
      ),
    })
  })

  it('whose clock is ten minutes early is told the five minutes that it has (row 5)', async () => {
    await using early = await startClients(-10 * MINUTE_MS)
    const text = expect.stringMatching(
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    )
    expect(await askAll(early, {})).toEqual({
      boto3: ['InvalidSignatureException', 'ClientError', text],
      sdk: ['InvalidSignatureException', text],
      aws: expect.stringMatching(
        /^An error occurred \(InvalidSignatureException\) when calling the ListCommands operation: Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
      ),
    })
  })

  it('that corrects its clock by the answer, as the SDK does, comes through at its second try', async () => {
    const client = new SSM({ ...sdkConfig(clients.controller), systemClockOffset: -10 * MINUTE_MS })
    const { Commands, $metadata } = await client.listCommands({})
    expect([Commands, $metadata.attempts]).toEqual([[], 2])
    client.destroy()
  })
})

const TEXT =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const MISMATCH = {
  boto3: ['InvalidSignatureException', 'ClientError', TEXT],
  sdk: ['InvalidSignatureException', TEXT],
  aws: `An error occurred (InvalidSignatureException) when calling the ListCommands operation: ${TEXT}`,
}
