// Run by whatever Node (>= 20) is there: installs by the lock file when it changed, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.muster-lock')
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  const npm = process.env.npm_execpath
  const command = npm ? [process.execPath, npm] : ['npm']
  process.stderr.write('muster: installing dependencies (once for each change of package-lock.json)\n')
  const args = [...command.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  const install = spawnSync(command[0], args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (install.status !== 0) {
    process.stderr.write('muster: npm ci failed; the lines above say why\n')
    process.exit(install.status ?? 1)
  }
  writeFileSync(stamp, lock)
}

const platform = process.platform === 'win32' ? 'win' : process.platform
const exe = join(
  root,
  'node_modules',
  `node-${platform}-${process.arch}`,
  'bin',
  platform === 'win' ? 'node.exe' : 'node',
)
const probe = spawnSync(exe, ['--version'], { encoding: 'utf8' })
if (probe.status !== 0) {
  const reason = probe.error?.message ?? (probe.stderr.trim() || `exit ${probe.status}`)
  process.stderr.write(`muster: the pinned Node cannot run here (${exe}: ${reason})\n`)
  process.exit(78)
}

const [script, ...rest] = process.argv.slice(2)
const argv = [join(root, script), ...rest]
if (typeof process.execve === 'function') process.execve(exe, [exe, ...argv], process.env)
const child = spawn(exe, argv, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)))
