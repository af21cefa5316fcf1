import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { HostNetwork } from './network.ts'
import { rootImage } from './root-image.ts'
import { exitOf, must, type Ran, run } from './shell.ts'

/** A real Debian host: its own systemd, its own network, its own boot id; boots again when it reboots itself. */
export interface BootedHost extends AsyncDisposable {
  /** How often it has started, the first time included. */
  readonly boots: number
  /** Runs a shell line inside, as root. */
  shell(line: string, options?: { readonly input?: string }): Promise<Ran>
  /** A file of the host as its root tree holds it. */
  readonly root: string
}

const REBOOT_STATUS = 133

export async function bootHost(name: string, network: HostNetwork): Promise<BootedHost> {
  const folder = await mkdtemp(join(tmpdir(), `muster-${name}-`))
  const root = join(folder, 'root')
  await must(['cp', '-a', '--reflink=auto', await rootImage(), root])
  await writeFile(join(root, 'etc/hostname'), `${name}\n`)
  let boots = 0
  let nspawn: ChildProcess | undefined
  let over = false

  const boot = (): void => {
    boots += 1
    nspawn = spawn(
      'systemd-nspawn',
      [
        '-q',
        '--register=no',
        '--keep-unit',
        '-b',
        '-D',
        root,
        `--network-namespace-path=${network.namespacePath}`,
        `--machine=${name}`,
        '--resolv-conf=off',
        '--timezone=off',
      ],
      { stdio: 'ignore' },
    )
    void exitOf(nspawn).then((status) => {
      if (!over && status === REBOOT_STATUS) boot()
    })
  }
  boot()

  const enter = async (): Promise<string> => {
    for (let tries = 0; tries < 600; tries++) {
      const pid = await initPid(nspawn?.pid)
      if (pid !== undefined) {
        const { stdout } = await run(['nsenter', '-t', pid, '-a', '--', 'systemctl', 'is-system-running'], {
          timeoutMs: 10_000,
        })
        if (/running|degraded/.test(stdout)) return pid
      }
      await delay(100)
    }
    throw new Error(`${name} did not come up`)
  }
  await enter()
  return {
    root,
    get boots() {
      return boots
    },
    async shell(line, options = {}) {
      return run(
        [
          'nsenter',
          '-t',
          await enter(),
          '-a',
          '--',
          '/usr/bin/env',
          '-i',
          'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          'HOME=/root',
          'sh',
          '-c',
          line,
        ],
        options,
      )
    },
    async [Symbol.asyncDispose]() {
      over = true
      const child = nspawn
      const pid = await initPid(child?.pid)
      if (child && pid !== undefined) {
        process.kill(Number(pid), 'SIGKILL')
        await exitOf(child)
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The first process inside: the child of nspawn's that is the container's pid 1. */
async function initPid(parent: number | undefined): Promise<string | undefined> {
  if (parent === undefined || !existsSync(`/proc/${parent}`)) return undefined
  for (const task of await readdir(`/proc/${parent}/task`).catch(() => [])) {
    const children = await readFile(`/proc/${parent}/task/${task}/children`, 'utf8').catch(() => '')
    const [first] = children.trim().split(' ')
    if (first) return first
  }
  return undefined
}
