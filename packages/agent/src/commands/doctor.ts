import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readIdentity, readRegistration } from '#enrol/index.ts'
import { ask } from '#link/index.ts'
import { createPlatform, freeBytes, hasProgram, ownerOf } from '#platform/index.ts'
import { readPolicy } from '#runner/index.ts'
import { readStatus } from './status-file.ts'

interface Check {
  readonly name: string
  /** What is fine, or throws what is not. */
  run(): Promise<string>
}

const GIB = 1024 ** 3
const PROGRAMS = ['sh', 'dd', 'wc', 'mkfifo']

/** `muster-agent doctor`: each need of the agent on a line, ok or what to do. Exit 1 when one is not met. */
export async function runDoctor(data: string): Promise<number> {
  let bad = 0
  for (const { name, run } of checks(data)) {
    try {
      process.stdout.write(`ok    ${name}: ${await run()}\n`)
    } catch (error) {
      bad += 1
      process.stdout.write(`WRONG ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  return bad === 0 ? 0 : 1
}

const checks = (data: string): readonly Check[] => [
  { name: 'data folder', run: () => checkFolder(data) },
  {
    name: 'registration',
    async run() {
      const registration = readRegistration(data)
      if (!registration) throw new Error('none; enrol this host with muster-agent register')
      if (!readIdentity(data)) throw new Error(`the key ${join(data, 'identity.pem')} is gone; restore it`)
      return `${registration.nodeId} in account ${registration.accountId}`
    },
  },
  { name: 'programs', run: () => checkPrograms() },
  { name: 'space', run: () => checkSpace(data) },
  {
    name: 'boot id',
    run: async () => (await createPlatform()).bootId(),
  },
  { name: 'host policy', run: () => checkPolicy() },
  { name: 'controller', run: () => checkController(data) },
  {
    name: 'link',
    async run() {
      const status = await readStatus(data)
      if (!status?.runs)
        throw new Error(`the agent does not run${status?.problem ? `; the last one said: ${status.problem}` : ''}`)
      if (status.state !== 'online') throw new Error(`${status.state}: ${status.problem ?? 'no reason known'}`)
      return `online since ${status.since}`
    },
  },
]

async function checkFolder(data: string): Promise<string> {
  if (!existsSync(data)) throw new Error(`${data} does not exist; muster-agent register makes it`)
  const { mode } = statSync(data)
  const { uid } = await ownerOf(data)
  if ((mode & 0o077) !== 0) throw new Error(`${data} can be entered by others: chmod 700 ${data}`)
  if (uid !== (process.getuid?.() ?? uid)) throw new Error(`${data} belongs to uid ${uid}`)
  return `${data}, private`
}

async function checkPrograms(): Promise<string> {
  const absent: string[] = []
  for (const program of PROGRAMS) if (!(await hasProgram(program))) absent.push(program)
  if (absent.length > 0) throw new Error(`not found: ${absent.join(', ')}; scripts cannot run without them`)
  return PROGRAMS.join(', ')
}

async function checkSpace(data: string): Promise<string> {
  if (!existsSync(data)) throw new Error('not known without the data folder')
  const free = await freeBytes(data)
  if (free < GIB / 10)
    throw new Error(`${Math.round(free / 1024 ** 2)} MiB free; commands are refused when the journal cannot grow`)
  return `${(free / GIB).toFixed(1)} GiB free`
}

async function checkPolicy(): Promise<string> {
  const policy = await readPolicy(['/etc/muster/policy.json'], process.getuid?.() ?? 0)
  if (policy.mode === 'invalid') throw new Error(`${policy.problem}; everything is refused`)
  return policy.mode
}

async function checkController(data: string): Promise<string> {
  const registration = readRegistration(data)
  const [url] = registration?.controllers ?? []
  if (!registration || url === undefined) throw new Error('not known before the host is registered')
  const { status } = await ask(
    { url, caPem: registration.caPem, proxy: registration.proxy },
    { method: 'GET', path: '/healthz', timeoutMs: 10_000 },
  )
  if (status !== 200) throw new Error(`${url} answers ${status}`)
  return `${url} answers`
}
