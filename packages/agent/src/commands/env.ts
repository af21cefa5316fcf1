import { join, resolve } from 'node:path'
import { ConfigError } from '@muster/protocol/config'
import { readRegistration } from '#enrol/index.ts'
import { makeFolder, replaceFile, shellQuote } from '#platform/index.ts'
import { readStatus } from './status-file.ts'

/**
 * `muster-agent env`: writes a configuration for AWS clients (the controller's address and CA, this node's credentials)
 * into the data folder, and prints the shell lines that make them use it.
 */
export async function runEnv(data: string, command: readonly string[]): Promise<number> {
  const registration = readRegistration(data)
  if (!registration) throw new ConfigError([`this host is not registered: there is no registration in ${data}`])
  const folder = resolve(data, 'aws')
  await makeFolder(folder)
  const { caPem, region, controllers } = registration
  const caFile = join(folder, 'ca.pem')
  if (caPem !== undefined) await replaceFile(caFile, caPem)
  // The one that the agent has a link to answers; any other of them would, too.
  const controller = (await readStatus(data))?.controller ?? controllers[0] ?? ''
  const words = [...command, 'credentials', '--data', resolve(data)]
  const lines = [
    '[default]',
    `region = ${region}`,
    `endpoint_url = ${controller}`,
    ...(caPem === undefined ? [] : [`ca_bundle = ${caFile}`]),
    `credential_process = ${words.map(quoteWord).join(' ')}`,
  ]
  const file = join(folder, 'config')
  await replaceFile(file, `${lines.join('\n')}\n`)
  process.stdout.write(envLines(file))
  return 0
}

/** What would come before the file is taken away. */
const envLines = (file: string): string =>
  [
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_PROFILE',
    'unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_SSM AWS_ENDPOINT_URL_STS AWS_CA_BUNDLE AWS_REGION AWS_DEFAULT_REGION',
    `export AWS_CONFIG_FILE=${shellQuote(file)}`,
    'export AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true',
    '',
  ].join('\n')

/** AWS clients split the line into words as a shell does. */
const quoteWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : shellQuote(word))
