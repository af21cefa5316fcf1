import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import {
  type ControlGroups,
  createGroups,
  findControlGroups,
  findGroup,
  type GroupLimits,
  removeGroups,
} from './control-group.ts'
import { readIfThere } from './files.ts'

/** A process that was started ahead of time and waits for a word on its standard input. */
export interface Held {
  /** False: it is not there any more, and has not gone on. */
  say(word: string): Promise<boolean>
  /** Lets it end without the word; resolves when it has. */
  dismiss(): Promise<void>
}

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
  /** Makes the control groups that a launch joins by itself; none where a service manager has its own. */
  prepareGroups(name: string): Promise<readonly string[]>
  /** Starts a process apart from the agent. */
  launch(launch: Launch): Promise<void>
  /** Starts one that waits; without its word it ends with the agent. Undefined: here a service manager starts processes. */
  hold(launch: Launch): Promise<Held | undefined>
  /** The control group of a launch, if it has one. */
  findGroup(name: string): Promise<string | undefined>
  /** Removes the control groups of a launch that is over. */
  removeGroups(name: string): Promise<void>
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
  /** Of each launch; none when not given. */
  readonly limits?: GroupLimits
  /** What a launched process leaves behind when it ends is not ended with it. */
  readonly leavesChildren?: boolean
  readonly requestReboot?: () => Promise<void>
}

const NO_LIMITS: GroupLimits = { processes: undefined, memoryBytes: undefined }
const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id'
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The machine this program runs on. */
export async function createPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { bootIdFile = BOOT_ID_FILE, useServiceManager = true, limits = NO_LIMITS, leavesChildren = false } = options
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
    prepareGroups: async (name) => (managed ? [] : createGroups(groups, name, limits)),
    findGroup: (name) => findGroup(groups, name, unitName(name)),
    removeGroups: (name) => removeGroups(groups, name),
    hold: async ({ argv }) => (managed ? undefined : startHeld(argv)),
    async launch({ argv, name }) {
      if (managed && (await startService(name, argv, limits, leavesChildren))) return
      await startDetached(argv)
    },
  }
}

const unitName = (name: string): string => `muster-${name}.service`

/** A transient service: its own group, untouched when the agent's unit stops. No scope: that would inherit the agent's limits. */
async function startService(
  name: string,
  argv: Launch['argv'],
  limits: GroupLimits,
  leavesChildren: boolean,
): Promise<boolean> {
  const { processes = 'infinity', memoryBytes = 'infinity' } = limits
  const properties = [
    `TasksMax=${processes}`,
    `MemoryMax=${memoryBytes}`,
    // The wrapper outlives what the kernel kills for want of memory, and says so.
    'OOMPolicy=continue',
    `KillMode=${leavesChildren ? 'process' : 'control-group'}`,
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

function startDetached([file, ...args]: Launch['argv']): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...DETACHED, stdio: 'ignore' })
    child.once('error', reject)
    child.once('spawn', resolve)
    child.unref()
  })
}

const DETACHED = { detached: true, cwd: '/', env: { PATH: SEARCH_PATH } }

async function startHeld([file, ...args]: Launch['argv']): Promise<Held> {
  const child = spawn(file, args, { ...DETACHED, stdio: ['pipe', 'ignore', 'ignore'] })
  let isThere = true
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => {
    isThere = false
  })
  // A write to a process that has ended says so to its caller as well.
  child.stdin.on('error', () => {
    isThere = false
  })
  await once(child, 'spawn')
  child.unref()
  return {
    say: (word) =>
      new Promise((resolve) => {
        if (!isThere) return resolve(false)
        child.stdin.end(`${word}\n`, (error?: Error | null) => resolve(!error))
      }),
    async dismiss() {
      child.stdin.end()
      child.ref()
      await ended
    },
  }
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
