import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { type ControlGroups, createGroup, findControlGroups, findGroup } from './control-group.ts'
import { readIfThere } from './files.ts'

/** A process to start that outlives the agent. */
export interface Launch {
  readonly argv: readonly [string, ...string[]]
  /** Names the service or the control group. */
  readonly name: string
}

/** What the agent asks of the machine beyond files and processes; tests put a part of it in place. */
export interface Platform {
  /** Changes at every start of the host. */
  bootId(): Promise<string>
  /** Milliseconds since the host started; the same for all processes, untouched by the clock being set. */
  uptimeMs(): number
  /** Asks the host to start again; resolves when it was asked. */
  requestReboot(): Promise<void>
  /** Makes the group that `launch` will use, where there is no service manager. */
  prepareGroup(name: string): Promise<string | undefined>
  /** Starts a process apart from the agent. */
  launch(launch: Launch): Promise<void>
  /** The control group of a launch, if it has one. */
  findGroup(name: string): Promise<string | undefined>
  /** The environment a script starts with, before its own variables. */
  readonly environment: Readonly<Record<string, string>>
}

export interface PlatformOptions {
  /** Stands in for the kernel's file in tests. */
  readonly bootIdFile?: string
  /** False: never ask systemd, even where it runs. */
  readonly useServiceManager?: boolean
  /** Control group mounts; found by itself when absent. */
  readonly controlGroups?: ControlGroups
  readonly requestReboot?: () => Promise<void>
}

const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id'
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The machine this program runs on. */
export async function createPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { bootIdFile = BOOT_ID_FILE, useServiceManager = true } = options
  const groups = options.controlGroups ?? (await findControlGroups())
  const managed = useServiceManager && existsSync('/run/systemd/system')
  // Who stands in for the boot id says when the host has started again; the machine underneath is not ours to restart.
  const isStandIn = options.bootIdFile !== undefined
  return {
    environment: scriptEnvironment(),
    uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    async bootId() {
      const id = (await readIfThere(bootIdFile))?.trim()
      if (!id) throw new Error(`${bootIdFile} holds no boot id`)
      return id
    },
    requestReboot:
      options.requestReboot ??
      (async () => (isStandIn ? undefined : run(managed ? ['systemctl', 'reboot'] : ['reboot']))),
    prepareGroup: async (name) => (managed ? undefined : createGroup(groups, name)),
    findGroup: (name) => findGroup(groups, name, unitName(name)),
    async launch({ argv, name }) {
      if (managed && (await startService(name, argv))) return
      await startDetached(argv)
    },
  }
}

const unitName = (name: string): string => `muster-${name}.service`

/** A transient service: its own group, untouched when the agent's unit stops. No scope: that would inherit the agent's limits. */
async function startService(name: string, argv: readonly string[]): Promise<boolean> {
  const properties = [
    'KillMode=control-group',
    'TimeoutStopSec=10',
    'OOMScoreAdjust=0',
    'StandardOutput=null',
    'StandardError=null',
  ]
  const options = properties.map((property) => `--property=${property}`)
  try {
    await run([
      'systemd-run',
      '--quiet',
      '--collect',
      '--no-ask-password',
      `--unit=${unitName(name)}`,
      ...options,
      '--',
      ...argv,
    ])
    return true
  } catch {
    // The claim sees to it that a service that starts after all finds the work taken.
    return false
  }
}

function startDetached([file, ...args]: readonly [string, ...string[]]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { detached: true, stdio: 'ignore', cwd: '/', env: { PATH: SEARCH_PATH } })
    child.once('error', reject)
    child.once('spawn', resolve)
    child.unref()
  })
}

async function run([file = '', ...args]: readonly string[]): Promise<void> {
  // Loaded when first needed: an agent that only waits stays small.
  const { execa } = await import('execa')
  await execa(file, args, { stdio: 'ignore', extendEnv: false, env: { PATH: SEARCH_PATH } })
}

// Nothing of the agent's own environment: it may hold what a script has no business with.
function scriptEnvironment(): Record<string, string> {
  const { username } = userInfo()
  return { PATH: SEARCH_PATH, HOME: homedir(), USER: username, LOGNAME: username, SHELL: '/bin/sh', LANG: 'C.UTF-8' }
}
