import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Where this host's control groups can be used: mount points, best first. */
export interface ControlGroups {
  /** Groups of our own can be made below these. */
  readonly own: readonly string[]
  /** The service manager keeps its groups below these. */
  readonly manager: readonly string[]
}

const OURS = 'muster'

/** Reads the mount table: version 2, and of version 1 the hierarchies that can list and freeze. */
export async function findControlGroups(mountInfo = '/proc/self/mountinfo'): Promise<ControlGroups> {
  const mounts = (await readFile(mountInfo, 'utf8').catch(() => '')).split('\n').flatMap(parseMount)
  const version2 = mounts.filter((mount) => mount.type === 'cgroup2').map((mount) => mount.point)
  const version1 = (name: string) =>
    mounts.filter((mount) => mount.type === 'cgroup' && mount.options.includes(name)).map((mount) => mount.point)
  return {
    own: [...version2, ...version1('freezer'), ...version1('pids')],
    manager: [...version2, ...version1('name=systemd')],
  }
}

function parseMount(line: string): { type: string; point: string; options: string[] }[] {
  const [before = '', after = ''] = line.split(' - ')
  const [type = '', , options = ''] = after.split(' ')
  const point = before.split(' ')[4] ?? ''
  return type === 'cgroup' || type === 'cgroup2' ? [{ type, point, options: options.split(',') }] : []
}

/** Makes a group for one attempt; undefined when this host lets us make none. */
export async function createGroup(groups: ControlGroups, name: string): Promise<string | undefined> {
  for (const mount of groups.own) {
    const folder = join(mount, OURS, name)
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 })
      return folder
    } catch {
      // Read-only or not ours: try the next hierarchy.
    }
  }
  return undefined
}

/** The group of an attempt, ours or the service manager's, if there is one. */
export async function findGroup(groups: ControlGroups, name: string, unit: string): Promise<string | undefined> {
  const places = [
    ...groups.own.map((mount) => join(mount, OURS, name)),
    ...groups.manager.map((mount) => join(mount, 'system.slice', unit)),
  ]
  for (const place of places) if ((await groupPids(place)) !== undefined) return place
  return undefined
}

/** Processes in a group and the groups below it; undefined when there is no such group. */
export async function groupPids(folder: string): Promise<number[] | undefined> {
  try {
    const pids = (await readFile(join(folder, 'cgroup.procs'), 'utf8')).split('\n').filter((line) => line !== '')
    const below = (await readdir(folder, { withFileTypes: true })).filter((item) => item.isDirectory())
    const nested = await Promise.all(below.map((item) => groupPids(join(folder, item.name))))
    return [...pids.map(Number), ...nested.flatMap((found) => found ?? [])]
  } catch {
    return undefined
  }
}

/** Stops or continues all processes of a group at once, so that none can fork away; false when the group cannot. */
export async function freezeGroup(folder: string, frozen: boolean): Promise<boolean> {
  const ways: [string, string][] = [
    ['cgroup.freeze', frozen ? '1' : '0'],
    ['freezer.state', frozen ? 'FROZEN' : 'THAWED'],
  ]
  for (const [file, value] of ways) {
    try {
      await writeFile(join(folder, file), value, { flag: 'r+' })
      return true
    } catch {
      // The other version's file.
    }
  }
  return false
}

const LAST_BREATHS = 50
const BREATH_MS = 20

/** Removes a group and those below it; waits a moment for processes that are about to end. */
export async function removeGroup(folder: string): Promise<void> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const item of items) if (item.isDirectory()) await removeGroup(join(folder, item.name))
  for (let tries = 0; tries < LAST_BREATHS && !(await rmdir(folder).then(() => true, isGone)); tries++)
    await pause(BREATH_MS)
}

const isGone = (error: unknown): boolean => !(error instanceof Error && 'code' in error && error.code === 'EBUSY')
