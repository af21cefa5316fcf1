// `npm start`: a controller, and this machine as its first node. Data in ./data (MUSTER_HOME names another folder).
// Options are the controller's; SIGTERM and Ctrl-C stop both, and the second start finds everything again.
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createLocalClient, readLocalAccess } from '../packages/controller/src/admin/index.ts'
import { buildAgent } from './build-agent.ts'
import { root } from './run.ts'
import { type RootKey, rootKey, writeAwsConfig } from './start/aws-config.ts'
import { type Child, startChild } from './start/child.ts'
import { runFolderOptions } from './start/run-folder.ts'

const home = process.env['MUSTER_HOME'] ?? join(root, 'data')
const controllerData = join(home, 'controller')
const agentData = join(home, 'agent')
const awsFile = join(home, 'aws')
const controllerMain = join(root, 'packages/controller/src/main.ts')
const agentMain = join(root, 'packages/agent/src/main.ts')
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const children = new Set<Child>()
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping = true
    for (const child of children) child.stop()
  })
}

/** A stop that came before a child reaches it too. */
function keep(child: Child): void {
  children.add(child)
  if (stopping) child.stop()
}

interface Ready {
  readonly ready: true
  readonly urls: readonly string[]
  readonly region: string
}

/** Ports that another program holds are the commonest reason for a failed first start; the controller says so itself. */
function startController(
  options: readonly string[],
  key: RootKey,
  bundle: string,
): { child: Child; ready: Promise<Ready | undefined> } {
  const listens =
    options.some((option) => option === '--listen' || option.startsWith('--listen=')) ||
    process.env['MUSTER_LISTEN'] !== undefined
  const standard = listens ? [] : ['--listen', 'http://127.0.0.1:8080', '--listen', 'https://127.0.0.1:8443']
  let answer: (ready: Ready | undefined) => void = () => undefined
  const ready = new Promise<Ready | undefined>((resolve) => (answer = resolve))
  const child = startChild({
    script: controllerMain,
    args: ['--data', controllerData, '--agent-bundle', bundle, ...standard, ...options],
    env: { MUSTER_ROOT_ACCESS_KEY_ID: key.accessKeyId, MUSTER_ROOT_SECRET_ACCESS_KEY: key.secretAccessKey },
    onLine(line) {
      process.stdout.write(`${line}\n`)
      answer(JSON.parse(line) as Ready)
    },
  })
  void child.exited.then(() => answer(undefined))
  return { child, ready }
}

/** The address that this machine's agent uses: the same at registration and at every later start, whatever the ports. */
const agentUrl = (urls: readonly string[]): string => urls.find((one) => one.startsWith('http://')) ?? urls[0] ?? ''

const localClient = async () => {
  const access = await readLocalAccess(controllerData)
  if (!access) throw new Error(`no controller runs on ${controllerData}`)
  return createLocalClient(access)
}

async function registerThisMachine(urls: readonly string[]): Promise<void> {
  if (existsSync(join(agentData, 'registration.json'))) return
  const call = await localClient()
  const activation = await call('CreateActivation', {
    IamRole: 'MusterNode',
    Description: 'npm start: this machine',
    RegistrationLimit: 1,
  })
  const url = agentUrl(urls)
  const ca = url.startsWith('https:') ? ['--ca-file', join(controllerData, 'pki', 'ca.pem')] : []
  const child = startChild({
    script: agentMain,
    args: [
      'register',
      '--data',
      agentData,
      '--controller',
      url,
      ...ca,
      '--activation-id',
      activation.ActivationId ?? '',
    ],
    input: activation.ActivationCode ?? '',
  })
  keep(child)
  const status = await child.exited
  children.delete(child)
  if (status !== 0) throw new Error(`muster-agent register ended with ${status}`)
}

async function onlineNode(): Promise<string> {
  const call = await localClient()
  for (;;) {
    const { InstanceInformationList: nodes = [] } = await call('DescribeInstanceInformation', {
      Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
    })
    const [first] = nodes
    if (first?.InstanceId) return first.InstanceId
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function main(options: readonly string[]): Promise<number> {
  const key = await rootKey(awsFile)
  const bundle = await buildAgent()
  await writeAwsConfig(awsFile, key, process.env['MUSTER_REGION'] ?? 'us-east-1', 'http://127.0.0.1:8080')
  const { child: controller, ready } = startController(options, key, bundle.path)
  keep(controller)
  const up = await ready
  if (!up) return stopping ? 0 : controller.exited
  await writeAwsConfig(awsFile, key, up.region, up.urls.find((url) => url.startsWith('http://')) ?? up.urls[0] ?? '')
  await registerThisMachine(up.urls)
  const runFolder = await runFolderOptions(home, process.getuid?.())
  const agent = startChild({
    script: agentMain,
    args: ['run', '--data', agentData, '--controller', agentUrl(up.urls), ...runFolder],
  })
  keep(agent)
  const nodeId = await Promise.race([onlineNode(), agent.exited.then(() => undefined)])
  if (nodeId !== undefined && !stopping) {
    say(`\nMuster is ready: ${up.urls.join('  ')}`)
    say(`This machine is ${nodeId}, Online. Try:\n`)
    say(`  AWS_CONFIG_FILE=${relative(process.cwd(), awsFile) || awsFile} aws ssm describe-instance-information\n`)
  }
  const first = await Promise.race([controller.exited, agent.exited])
  if (!stopping) say('muster: a part ended by itself; stopping the rest')
  for (const child of children) child.stop()
  const statuses = await Promise.all([controller.exited, agent.exited])
  return stopping ? 0 : first || Math.max(...statuses) || 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  say(`muster: ${error instanceof Error ? error.message : String(error)}`)
  for (const child of children) child.stop()
  process.exitCode = 1
}
