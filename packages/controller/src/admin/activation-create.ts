import { type Config, list, loadConfig, optionsHelp, text, textWithDefault, wholeNumber } from '@muster/protocol/config'
import { readLocalAccess } from './local-access.ts'
import { createLocalClient } from './local-client.ts'

const activationTable = {
  data: textWithDefault({
    flag: 'data',
    env: 'MUSTER_DATA',
    value: 'DIR',
    default: 'data/controller',
    help: 'data folder of the running controller',
  }),
  role: textWithDefault({
    flag: 'role',
    env: 'MUSTER_ACTIVATION_ROLE',
    default: 'MusterNode',
    help: 'role that the nodes take on',
  }),
  name: text({ flag: 'name', env: 'MUSTER_ACTIVATION_NAME', help: 'name of nodes that enrol with it' }),
  description: text({ flag: 'description', env: 'MUSTER_ACTIVATION_DESCRIPTION', help: 'what this activation is for' }),
  limit: wholeNumber({
    flag: 'limit',
    env: 'MUSTER_ACTIVATION_LIMIT',
    default: 1,
    min: 1,
    max: 1000,
    help: 'how many hosts may enrol with it',
  }),
  hours: wholeNumber({
    flag: 'hours',
    env: 'MUSTER_ACTIVATION_HOURS',
    default: 24,
    min: 1,
    max: 720,
    help: 'hours until it expires',
  }),
  tags: list({
    flag: 'tag',
    env: 'MUSTER_ACTIVATION_TAGS',
    value: 'KEY=VALUE',
    default: [],
    item: (tag) => (tag.indexOf('=') > 0 ? undefined : `"${tag}" is not KEY=VALUE`),
    help: 'tag of nodes that enrol with it (repeatable)',
  }),
} as const

export const activationCreateHelp = (): string =>
  `muster-controller activation create [OPTIONS]\n\nPrints one line to paste as root on each host that shall enrol.\n\n${optionsHelp(activationTable)}\n`

/** Exit status; the line to paste goes to standard output, everything else to standard error. */
export async function activationCreate(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const config = loadConfig(activationTable, { argv, env })
  const access = await readLocalAccess(config.data)
  if (!access) {
    process.stderr.write(
      `muster-controller: no controller runs on ${config.data} (start it, or name its folder with --data)\n`,
    )
    return 1
  }
  const answer = await createLocalClient(access)('CreateEnrolmentCommand', toInput(config, Date.now()))
  process.stdout.write(`${answer.Command}\n`)
  process.stderr.write(
    `activation ${answer.ActivationId}, for ${config.limit} ${config.limit === 1 ? 'host' : 'hosts'}, until ${new Date((answer.ExpirationDate ?? 0) * 1000).toISOString()}\n`,
  )
  if (LOOPBACK.test(answer.Command ?? ''))
    process.stderr.write(
      'muster-controller: this line works on this machine only; start the controller with --public-url for other hosts\n',
    )
  return 0
}

// The line names the preferred address first.
const LOOPBACK = /^[^']*'https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])[:/]/

const toInput = (config: Config<typeof activationTable>, at: number) => ({
  IamRole: config.role,
  RegistrationLimit: config.limit,
  ExpirationDate: at / 1000 + config.hours * 3600,
  Platform: 'linux' as const,
  ...(config.name === undefined ? {} : { DefaultInstanceName: config.name }),
  ...(config.description === undefined ? {} : { Description: config.description }),
  ...(config.tags.length === 0 ? {} : { Tags: config.tags.map(toTag) }),
})

function toTag(text: string): { Key: string; Value: string } {
  const at = text.indexOf('=')
  return { Key: text.slice(0, at), Value: text.slice(at + 1) }
}
