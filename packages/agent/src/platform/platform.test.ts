import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createGroup, findControlGroups, groupPids, removeGroup } from './control-group.ts'
import { createOnce, readIfThere, readPiece, replaceFile, takeClaim, writePrivate } from './files.ts'
import { parseOsRelease, readHostFacts } from './host-facts.ts'
import { createPlatform } from './platform.ts'
import { killTree, treePids } from './process-tree.ts'
import { findProcess } from './processes.ts'

function temporary(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'muster-platform-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

test('reads names and versions as a shell would', () => {
  const names = parseOsRelease(`# a comment\nNAME="Debian \\"GNU\\"/Linux"\nVERSION_ID='12'\nID=debian\nbroken line\n`)
  expect(Object.fromEntries(names)).toEqual({ NAME: 'Debian "GNU"/Linux', VERSION_ID: '12', ID: 'debian' })
})

test('tells facts of this host without any file to read', async () => {
  const facts = await readHostFacts('/nowhere')
  expect(facts.platformType).toBe('Linux')
  expect(facts.computerName).not.toBe('')
  expect(facts.ipAddress).toMatch(/[.:]/)
})

test('takes the boot id from a stand-in and refuses an empty one', async () => {
  using folder = temporary()
  const file = join(folder.path, 'boot_id')
  const platform = await createPlatform({ bootIdFile: file })
  writeFileSync(file, 'one\n')
  expect(await platform.bootId()).toBe('one')
  writeFileSync(file, '\n')
  await expect(platform.bootId()).rejects.toThrow('holds no boot id')
})

test('knows a claim that it took itself, also in an earlier life, from one that a shell took', async () => {
  using folder = temporary()
  const [own, other] = [join(folder.path, 'own'), join(folder.path, 'other')]
  const claimOfShell = (file: string) => spawnSync('sh', ['-c', 'umask 077; set -C; { : ; } >"$0"', file]).status
  expect(await takeClaim(own)).toBe(true)
  expect(await takeClaim(own)).toBe(true)
  expect(claimOfShell(own)).not.toBe(0)
  expect(claimOfShell(other)).toBe(0)
  expect(await takeClaim(other)).toBe(false)
  await expect(takeClaim(join(folder.path, 'gone', 'claim'))).rejects.toThrow('ENOENT')
})

test('lets one of many write a file first', async () => {
  using folder = temporary()
  const writes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => createOnce(join(folder.path, 'end'), String(n))),
  )
  expect(await readIfThere(join(folder.path, 'end'))).toBe(String(writes.indexOf(true)))
})

test('keeps files to their owner', async () => {
  using folder = temporary()
  await writePrivate(join(folder.path, 'script'), 'x', 0o700)
  await replaceFile(join(folder.path, 'state'), 'y')
  expect((await stat(join(folder.path, 'script'))).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder.path, 'state'))).mode & 0o777).toBe(0o600)
})

test('reads a piece of a file, less at its end, nothing when it is gone', async () => {
  using folder = temporary()
  const file = join(folder.path, 'spool')
  writeFileSync(file, 'abcdef')
  expect(Buffer.from(await readPiece(file, 4, 10)).toString()).toBe('ef')
  expect(await readPiece(join(folder.path, 'gone'), 0, 10)).toHaveLength(0)
})

test('finds both versions of control groups in a mount table', async () => {
  using folder = temporary()
  const table = join(folder.path, 'mountinfo')
  writeFileSync(
    table,
    [
      '30 25 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate',
      '31 25 0:27 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd',
      '32 25 0:28 / /sys/fs/cgroup/freezer rw - cgroup cgroup rw,freezer',
      '33 25 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct',
      '34 25 0:30 / /tmp rw - tmpfs tmpfs rw',
    ].join('\n'),
  )
  expect(await findControlGroups(table)).toEqual({
    own: ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/freezer'],
    manager: ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd'],
    pids: [],
    memory: [],
  })
  expect(await findControlGroups('/nowhere')).toEqual({ own: [], manager: [], pids: [], memory: [] })
})

test('makes no group where none can be made', async () => {
  using folder = temporary()
  writeFileSync(join(folder.path, 'file'), '')
  expect(await createGroup({ own: [join(folder.path, 'file')], manager: [] }, 'x')).toBeUndefined()
})

test('lists a group with those below it', async () => {
  using folder = temporary()
  mkdirSync(join(folder.path, 'inner'))
  writeFileSync(join(folder.path, 'cgroup.procs'), '12\n13\n')
  writeFileSync(join(folder.path, 'inner', 'cgroup.procs'), '14\n')
  expect(await groupPids(folder.path)).toEqual([12, 13, 14])
  expect(await groupPids(join(folder.path, 'none'))).toBeUndefined()
})

const real = await findControlGroups()

// Every hierarchy this machine lets us use: version 2, freezer, pids.
test.each(real.own.length > 0 ? real.own : ['none'])(
  'ends a tree that ignores TERM by its control group in %s',
  async (mount) => {
    const name = `test-${process.pid}-${real.own.indexOf(mount)}`
    const group = await createGroup({ own: [mount], manager: [] }, name)
    // Where no group can be made the session and the token do the work.
    const enter = group === undefined ? '' : `echo $$ >${group}/cgroup.procs;`
    const stubborn = `trap "" TERM; echo $$; while :; do sleep 0.1; done`
    const child = spawn('sh', ['-c', `${enter} (setsid sh -c '${stubborn}' &) ; ${stubborn}`], {
      detached: true,
      env: { ...process.env, MUSTER_ATTEMPT: name },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    while (output.split('\n').length < 3) output += String((await once(child.stdout, 'data'))[0])
    const pids = output.trim().split('\n').map(Number)
    const tree = { group, token: `MUSTER_ATTEMPT=${name}`, session: child.pid, keep: [] }
    expect(await treePids(tree)).toEqual(expect.arrayContaining(pids))
    expect(await killTree(tree, { graceMs: 100, giveUpMs: 5_000 })).toEqual([])
    for (const pid of pids) expect(await findProcess(pid)).toBeUndefined()
    if (group !== undefined) await removeGroup(group)
  },
)

test('tells what it could not kill and leaves what it was told to keep', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' })
  await once(child, 'spawn')
  const tree = { group: undefined, token: 'MUSTER_ATTEMPT=none', session: child.pid, keep: [child.pid ?? 0] }
  try {
    while ((await treePids(tree)).length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(await killTree(tree, { graceMs: 1_000, giveUpMs: 1_000 })).toEqual([])
    expect(await killTree({ ...tree, keep: [] }, { graceMs: 1_000, giveUpMs: 0 })).toEqual([])
  } finally {
    child.kill('SIGKILL')
  }
})
