import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@muster/protocol/kit'
import { createApi, openListeners, type Route, type RouteAnswer } from '#api/index.ts'
import { openDatabase } from '#db/index.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { ensureCertificates } from '#pki/index.ts'
import type { EnrolmentDeps } from '../deps.ts'
import { type FleetStand, openFleet } from './open-fleet.ts'

/** A controller on a TLS listener of its own, and a folder that plays the host's root. */
export interface EnrolHost extends AsyncDisposable {
  readonly stand: FleetStand
  readonly enrolment: EnrolmentDeps
  readonly url: string
  /** Paths that the host asked for. */
  readonly asked: string[]
  /** The folder under which the script installs. */
  readonly root: string
  /** Runs a text in a POSIX shell, as if it were pasted. */
  run(line: string, options?: { only?: 'curl' | 'wget' | 'neither'; env?: Record<string, string> }): Promise<Run>
  /** What the stand-in for the agent was called with, and what it read. */
  agentSaw(): Promise<{ args: string[]; stdin: string }>
}

export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface HostOptions {
  /** Changes what the controller answers. */
  readonly tamper?: (path: string, answer: RouteAnswer) => RouteAnswer
  readonly enrolment?: Partial<EnrolmentDeps>
}

const repository = fileURLToPath(new URL('../../../../../', import.meta.url))
const TOOLS = ['cat', 'chmod', 'id', 'ln', 'mkdir', 'mktemp', 'mv', 'rm', 'sh', 'sha256sum', 'uname']

// Stands in for the runtime: notes how the agent is started, reads the code, and registers.
const RUNTIME = `#!/bin/sh
if [ "$1" = --version ]; then echo v24.21.0; exit 0; fi
printf '%s\\n' "$@" >>"$MUSTER_TEST_SEEN/args"
shift
[ "$1" = register ] || exit 0
cat >"$MUSTER_TEST_SEEN/stdin"
[ -z "\${MUSTER_TEST_FAIL:-}" ] || { echo 'refused for a test' >&2; exit 1; }
echo '{}' >"$3/registration.json"
`

export async function openEnrolHost(options: HostOptions = {}): Promise<EnrolHost> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-enrol-'))
  const [root, seen, files] = ['root', 'seen', 'files'].map((name) => join(folder, name)) as [string, string, string]
  for (const path of [root, seen, files]) await mkdir(path)
  const urls: string[] = []
  const certificates = await ensureCertificates(join(folder, 'pki'), { hosts: [], clock: systemClock })
  const enrolment: EnrolmentDeps = {
    publicUrls: urls,
    caPem: certificates.caPem,
    objects: {
      bundle: { ...(await aFile(join(files, 'muster-agent.cjs'), '// the agent\n')), version: '1.2.3' },
      runtime: await aFile(join(files, 'node'), RUNTIME),
    },
    script: await readFile(join(repository, 'deploy/enrol/linux.sh'), 'utf8'),
    unit: await readFile(join(repository, 'deploy/systemd/muster-agent.service'), 'utf8'),
    ...options.enrolment,
  }
  const db = await openDatabase(`sqlite:${join(folder, 'db', 'muster.db')}`, { onFatal: fail, readers: 1 })
  const stand = await openFleet(db, { enrolment })
  const asked: string[] = []
  const routes = stand.fleet.routes.map((route) => watch(route, asked, options.tamper))
  const common = { log: silentLog, metrics: createMetrics(), regionAliases: [], operations: [], routes }
  const api = createApi({ ...stand, ...common })
  await api.ready()
  const listeners = await openListeners([{ url: 'https://127.0.0.1:0', tls: certificates }], {
    handler: api.handler,
    onUpgrade: (_request, socket) => socket.destroy(),
  })
  urls.push(...listeners.urls)

  return {
    stand,
    enrolment,
    url: urls[0] ?? '',
    asked,
    root,
    async run(line, { only, env = {} } = {}) {
      const path = only === undefined ? process.env['PATH'] : await toolFolder(folder, only)
      return runShell(line, { PATH: path, MUSTER_PREFIX: root, MUSTER_TEST_SEEN: seen, TMPDIR: files, ...env })
    },
    async agentSaw() {
      const args = (await readFile(join(seen, 'args'), 'utf8')).trimEnd().split('\n')
      return { args, stdin: await readFile(join(seen, 'stdin'), 'utf8') }
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await listeners[Symbol.asyncDispose]()
      await stand[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const fail = (error: Error): void => {
  throw error
}

async function aFile(path: string, text: string) {
  await writeFile(path, text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { path, sha256, size: Buffer.byteLength(text) }
}

const watch = (route: Route, asked: string[], tamper: HostOptions['tamper']): Route => ({
  ...route,
  async handle(request) {
    const [param = ''] = Object.values(request.params)
    const path = route.path.replace(/:\w+$/, param)
    asked.push(path)
    const answer = await route.handle(request)
    return tamper ? tamper(path, answer) : answer
  },
})

/** A PATH with the few programs that a minimal host has. */
async function toolFolder(folder: string, only: 'curl' | 'wget' | 'neither'): Promise<string> {
  const path = join(folder, `tools-${only}`)
  await mkdir(path)
  await chmod(path, 0o755)
  for (const tool of only === 'neither' ? TOOLS : [...TOOLS, only]) {
    const { stdout } = await runShell(`command -v ${tool}`, { PATH: process.env['PATH'] })
    await symlink(stdout.trim(), join(path, tool))
  }
  return path
}

function runShell(line: string, env: Record<string, string | undefined>): Promise<Run> {
  const asRoot = process.getuid?.() === 0 ? ['/bin/sh'] : ['/usr/bin/unshare', '--map-root-user', '/bin/sh']
  const [program = '', ...first] = asRoot
  return new Promise((resolve) => {
    execFile(program, [...first, '-c', line], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ status, stdout, stderr })
    })
  })
}
