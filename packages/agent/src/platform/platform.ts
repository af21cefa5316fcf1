import { spawn } from 'node:child_process'
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
import { type Spawner, startSpawner } from './spawner.ts'

/** A process that was started ahead of time and waits for a word on its standard input. */
export interface Held {
  /** Lets it go on, or one that is started in its place; false: there is none and none can be started so. */
  say(word: string): boolean
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
  /** Starts one that waits, one at a time; without its word it ends with the agent. Undefined: this host cannot do that. */
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
  const spawners = createSpawners()
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
    hold: async ({ argv }) => (managed ? undefined : spawners.hold(argv)),
    async launch({ argv, name }) {
      if (managed && (await startService(name, argv, limits, leavesChildren))) return
      if (!spawners.launch(argv)) await startDetached(argv)
    },
  }
}

/** One spawner while something is held; it is started when it is first needed. */
function createSpawners() {
  let spawner: Spawner | undefined
  // The word goes to the one that is held: a second one would get the first one's.
  let isHolding = false
  return {
    launch(argv: Launch['argv']): boolean {
      if (!spawner?.isThere || !isOneLine(argv)) return false
      spawner.launch(argv)
      return true
    },
    async hold(argv: Launch['argv']): Promise<Held | undefined> {
      if (isHolding || !isOneLine(argv)) return undefined
      isHolding = true
      if (!spawner?.isThere) spawner = await startSpawner(APART).catch(() => undefined)
      const own = spawner
      if (own === undefined) {
        isHolding = false
        return undefined
      }
      own.hold(argv)
      return {
        say(word) {
          isHolding = false
          if (own.isThere) own.say(word)
          return own.isThere
        },
        async dismiss() {
          if (spawner === own) spawner = undefined
          isHolding = false
          await own.end()
        },
      }
    },
  }
}

const isOneLine = (argv: readonly string[]): boolean => argv.every((word) => !/[\n\0]/.test(word))

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
    const child = spawn(file, args, { ...APART, detached: true, stdio: 'ignore' })
    child.once('error', reject)
    child.once('spawn', resolve)
    child.unref()
  })
}

const APART = { cwd: '/', env: { PATH: SEARCH_PATH } }

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
