// `npm run dev`: a controller with simulated nodes and sample commands. Nothing runs on this machine; the data in
// data/dev begins anew each time. Options are the controller's. SIGTERM and Ctrl-C stop everything.
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createLocalClient, readLocalAccess } from '../packages/controller/src/admin/index.ts'
import { createSampleFleets, sendSampleCommands } from './dev/sample-fleets.ts'
import { root } from './run.ts'
import { type RootKey, rootKey, writeAwsConfig } from './start/aws-config.ts'
import { startChild } from './start/child.ts'

const home = join(root, 'data', 'dev')
const data = join(home, 'controller')
const awsFile = join(home, 'aws')
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

interface Ready {
  readonly urls: readonly string[]
  readonly region: string
}

async function main(options: readonly string[]): Promise<number> {
  if (await readLocalAccess(data)) throw new Error(`another npm run dev runs on ${home}`)
  await rm(home, { recursive: true, force: true })
  const key = await rootKey(awsFile)
  const listens = options.some((option) => /^--listen(=|$)/.test(option)) || process.env['MUSTER_LISTEN'] !== undefined
  const { promise: ready, resolve } = Promise.withResolvers<Ready | undefined>()
  const controller = startChild({
    script: join(root, 'packages/controller/src/main.ts'),
    args: ['--data', data, ...(listens ? [] : ['--listen', 'http://127.0.0.1:8080']), ...options],
    env: { MUSTER_ROOT_ACCESS_KEY_ID: key.accessKeyId, MUSTER_ROOT_SECRET_ACCESS_KEY: key.secretAccessKey },
    onLine(line) {
      process.stdout.write(`${line}\n`)
      resolve(JSON.parse(line) as Ready)
    },
  })
  stop.signal.addEventListener('abort', () => controller.stop())
  void controller.exited.then(() => resolve(undefined))
  const up = await ready
  if (!up) return controller.exited
  try {
    await populate(up, key)
  } catch (error) {
    controller.stop()
    throw error
  }
  const status = await controller.exited
  return stop.signal.aborted ? 0 : status || 1
}

async function populate({ urls, region }: Ready, key: RootKey): Promise<void> {
  const access = await readLocalAccess(data)
  const url = urls.find((one) => one.startsWith('http://'))
  if (!access || !url) throw new Error('npm run dev wants an http:// listener on loopback for its nodes')
  await writeAwsConfig(awsFile, key, region, url)
  const call = createLocalClient(access)
  const fleets = await createSampleFleets(url, call)
  const nodes = fleets.flatMap(({ agents }) => agents)
  const commands = await sendSampleCommands(call)
  if (stop.signal.aborted) return
  say(`\nMuster is ready for development: ${urls.join('  ')}`)
  say(
    `${nodes.length} simulated nodes, ${nodes.filter((node) => node.isOnline()).length} of them Online; data in ${relative(process.cwd(), home)}`,
  )
  say(`\n${commands.map((line) => `  ${line}`).join('\n')}`)
  say('\nTry:\n')
  const aws = `AWS_CONFIG_FILE=${relative(process.cwd(), awsFile)} aws ssm`
  say(`  ${aws} describe-instance-information --filters Key=tag:role,Values=web`)
  say(`  ${aws} list-commands\n`)
  for (const node of nodes) stop.signal.addEventListener('abort', () => void node.offline())
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  say(`muster: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
// Simulated nodes would go on trying to come back.
process.exit()
