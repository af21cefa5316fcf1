import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Where this host's control groups can be used: mount points, best first. */
export interface ControlGroups {
  /** Groups of our own can be made below these. */
  readonly own: readonly string[]
  /** The service manager keeps its groups below these. */
  readonly manager: readonly string[]
  /** Version 1 keeps each limit in a tree of its own. */
  readonly pids?: readonly string[]
  readonly memory?: readonly string[]
}

/** What one attempt may use; undefined: no limit of its own. */
export interface GroupLimits {
  readonly processes: number | undefined
  readonly memoryBytes: number | undefined
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
    pids: version1('pids'),
    memory: version1('memory'),
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
    const folder = await makeGroup(mount, name)
    if (folder !== undefined) return folder
  }
  return undefined
}

/** Makes the groups that one attempt joins, with its limits: the first lists and freezes. Limits are set where they can be. */
export async function createGroups(groups: ControlGroups, name: string, limits: GroupLimits): Promise<string[]> {
  const { processes, memoryBytes } = limits
  const first = await createGroup(groups, name)
  const wanted = [
    { value: processes, files: ['pids.max'], mounts: groups.pids },
    { value: memoryBytes, files: ['memory.max', 'memory.limit_in_bytes'], mounts: groups.memory },
  ]
  const made = first === undefined ? [] : [first]
  for (const { value, files, mounts = [] } of wanted) {
    if (value === undefined) continue
    const limited = await setLimit(made, mounts, name, files, value)
    if (limited !== undefined && !made.includes(limited)) made.push(limited)
  }
  return made
}

async function setLimit(
  made: readonly string[],
  mounts: readonly string[],
  name: string,
  files: readonly string[],
  value: number,
): Promise<string | undefined> {
  for (const folder of made) if (await limit(folder, files, value)) return folder
  for (const mount of mounts) {
    const folder = await makeGroup(mount, name)
    if (folder !== undefined && (await limit(folder, files, value))) return folder
  }
  return undefined
}

async function limit(folder: string, files: readonly string[], value: number): Promise<boolean> {
  for (const file of files) {
    if (!(await writeKnob(join(folder, file), String(value)))) continue
    // Without these, what does not fit goes to the disk instead.
    if (file.startsWith('memory.'))
      for (const [swap, bytes] of [
        ['memory.swap.max', 0],
        ['memory.memsw.limit_in_bytes', value],
      ] as const)
        await writeKnob(join(folder, swap), String(bytes))
    return true
  }
  return false
}

async function makeGroup(mount: string, name: string): Promise<string | undefined> {
  const folder = join(mount, OURS, name)
  try {
    await mkdir(folder)
    return folder
  } catch {
    // Ours is not there yet, or this one is not for us to use.
  }
  try {
    await mkdir(join(mount, OURS), { recursive: true, mode: 0o755 })
    // Version 2 hands its limits down one level at a time.
    for (const controller of ['+pids', '+memory'])
      for (const place of [mount, join(mount, OURS)]) await writeKnob(join(place, 'cgroup.subtree_control'), controller)
    await mkdir(folder, { recursive: true, mode: 0o755 })
    return folder
  } catch {
    // Read-only or not ours: the next hierarchy may do.
    return undefined
  }
}

const writeKnob = (file: string, value: string): Promise<boolean> =>
  writeFile(file, value, { flag: 'r+' }).then(
    () => true,
    () => false,
  )

/** The group of an attempt that lists its processes, ours or the service manager's, if there is one. */
export async function findGroup(groups: ControlGroups, name: string, unit: string): Promise<string | undefined> {
  const places = [
    ...groups.own.map((mount) => join(mount, OURS, name)),
    ...groups.manager.map((mount) => join(mount, 'system.slice', unit)),
  ]
  for (const place of places) if ((await groupPids(place)) !== undefined) return place
  return undefined
}

/** Removes the groups that were made for an attempt. */
export async function removeGroups(groups: ControlGroups, name: string): Promise<void> {
  const mounts = new Set([...groups.own, ...(groups.pids ?? []), ...(groups.memory ?? [])])
  for (const mount of mounts) await removeGroup(join(mount, OURS, name))
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
  return (
    (await writeKnob(join(folder, 'cgroup.freeze'), frozen ? '1' : '0')) ||
    // The other version's file.
    (await writeKnob(join(folder, 'freezer.state'), frozen ? 'FROZEN' : 'THAWED'))
  )
}

const LAST_BREATHS = 50
const BREATH_MS = 20

/** Removes a group and those below it; waits a moment for processes that are about to end. */
export async function removeGroup(folder: string): Promise<void> {
  for (let tries = 0; tries < LAST_BREATHS; tries++) {
    if (await rmdir(folder).then(() => true, isNotBusy)) return
    const items = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const item of items) if (item.isDirectory()) await removeGroup(join(folder, item.name))
    await pause(BREATH_MS)
  }
}

const isNotBusy = (error: unknown): boolean => !(error instanceof Error && 'code' in error && error.code === 'EBUSY')
