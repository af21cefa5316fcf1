import { join } from 'node:path'
import { archiveKind, extractArchive } from '#plugins/archive/extract.ts'
import { DownloadError } from '#plugins/download/address.ts'
import type { TaskIo } from '#runner/index.ts'
import { chooseFile, type PackageHost } from './manifest.ts'
import type { PackageVersion } from './package-source.ts'
import { runPackageScript } from './run-package-script.ts'
import type { PackageState, PackageStore } from './store.ts'

/** The exit code by which a script of a package asks for a reboot, after which the step is begun anew. */
export const REBOOT = 194

export interface ChangeDeps {
  readonly name: string
  readonly store: PackageStore
  readonly host: PackageHost
  /** Variables of the package's scripts. */
  readonly env: Readonly<Record<string, string>>
  readonly io: Pick<TaskIo, 'out' | 'err'>
}

/** Installs a version, in place of another one if there is one; answers the exit code. Doing it again changes nothing. */
export async function installPackage(
  deps: ChangeDeps,
  source: PackageVersion,
  mode: 'Uninstall and reinstall' | 'In-place update',
): Promise<number> {
  const { name, io } = deps
  const before = await readState(deps)
  const { version } = source.manifest
  if (before.installed === version && before.underWay === undefined) {
    io.out(`${name} ${version} is already installed\n`)
    return 0
  }
  await unpack(deps, source)
  const isUpdate = before.installed !== undefined && before.installed !== version
  if (isUpdate && mode === 'In-place update') return update(deps, before, version)
  if (isUpdate) {
    const code = await runUninstall(deps, before, before.installed ?? '')
    if (code !== 0) return code
  }
  return install(deps, isUpdate ? before.installed : undefined, version)
}

/** Removes what is installed; answers the exit code. */
export async function uninstallPackage(deps: ChangeDeps, wanted: string | undefined): Promise<number> {
  const { name, store, io } = deps
  const before = await readState(deps)
  const version = before.installed ?? before.underWay?.version
  if (version === undefined) {
    io.out(`${name} is not installed\n`)
    return 0
  }
  if (wanted !== undefined && wanted !== version) {
    io.err(`${name} ${wanted} is not installed: ${version} is\n`)
    return 1
  }
  const code = await runUninstall(deps, before, version)
  if (code === 0) await store.keepOnly([])
  return code
}

async function readState({ name, store, io }: ChangeDeps): Promise<PackageState> {
  const state = await store.read()
  const { underWay } = state
  if (underWay) io.out(`An earlier ${underWay.what} of ${name} ${underWay.version} did not end; it is begun anew\n`)
  return state
}

async function unpack({ store, host, io, name }: ChangeDeps, { manifest, fetch }: PackageVersion): Promise<void> {
  const chosen = chooseFile(manifest, host)
  if (typeof chosen === 'string') throw new DownloadError(`${name} ${manifest.version}: ${chosen}`)
  const kind = archiveKind(chosen.file)
  if (kind === undefined)
    throw new DownloadError(`${chosen.file} is no archive that can be unpacked here: .zip, .tar, .tar.gz`)
  const incoming = await store.incoming()
  const file = await fetch(chosen.file, chosen.sha256, incoming)
  const unpacked = join(incoming, 'unpacked')
  await extractArchive(file, kind, unpacked)
  await store.adopt(unpacked, manifest.version)
  io.out(`${name} ${manifest.version} was unpacked from ${chosen.file}\n`)
}

async function install(deps: ChangeDeps, replaced: string | undefined, version: string): Promise<number> {
  const { name, store, io } = deps
  await store.write({ name, underWay: { what: 'Install', version } })
  const code = await runOrMissing(deps, 'install', version)
  // It goes on after the reboot, where it was left.
  if (code === REBOOT) return code
  if (code === 0) return succeed(deps, version)
  io.err(`the install script of ${name} ${version} ended with ${code}\n`)
  await store.write({ name })
  if (replaced !== undefined) await rollBack(deps, replaced)
  return 1
}

async function rollBack(deps: ChangeDeps, version: string): Promise<void> {
  const { name, store, io } = deps
  const code = await runOrMissing(deps, 'install', version)
  if (code === 0) await store.write({ name, installed: version })
  io.err(
    code === 0
      ? `${name} ${version} was installed again\n`
      : `${name} ${version} could not be installed again: ${code}\n`,
  )
}

async function update(deps: ChangeDeps, before: PackageState, version: string): Promise<number> {
  const { name, store, io } = deps
  await store.write({ ...before, underWay: { what: 'Update', version } })
  const code = await runOrMissing(deps, 'update', version)
  if (code === REBOOT) return code
  if (code === 0) return succeed(deps, version)
  io.err(`the update script of ${name} ${version} ended with ${code}\n`)
  await store.write(before.installed === undefined ? { name } : { name, installed: before.installed })
  return 1
}

async function runUninstall(deps: ChangeDeps, before: PackageState, version: string): Promise<number> {
  const { name, store, env, io } = deps
  await store.write({ ...before, underWay: { what: 'Uninstall', version } })
  const code = await runPackageScript('uninstall', store.folder(version), env, io)
  if (code === REBOOT) return code
  if (code !== undefined && code !== 0) {
    io.err(`the uninstall script of ${name} ${version} ended with ${code}\n`)
    const { underWay: _ended, ...rest } = before
    await store.write(rest)
    return 1
  }
  await store.write({ name })
  io.out(`${name} ${version} was uninstalled\n`)
  return 0
}

async function succeed({ name, store, io }: ChangeDeps, version: string): Promise<number> {
  await store.write({ name, installed: version })
  await store.keepOnly([version])
  io.out(`${name} ${version} is installed\n`)
  return 0
}

async function runOrMissing(
  { store, env, io }: ChangeDeps,
  script: 'install' | 'update',
  version: string,
): Promise<number> {
  const code = await runPackageScript(script, store.folder(version), env, io)
  if (code === undefined) io.err(`the package has no ${script} script for this platform\n`)
  return code ?? 1
}
