import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { must } from './shell.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..')
const PACKAGES = ['systemd-sysv', 'dbus', 'curl', 'ca-certificates', 'procps']

/** A minimal Debian 12 with systemd and curl, without Node; made once a clone (about half a minute) and never booted itself. */
export async function rootImage(): Promise<string> {
  const image = join(repository, 'build', 'host', 'bookworm')
  if (existsSync(join(image, 'muster-image'))) return image
  const fresh = `${image}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(image), { recursive: true })
  await must(['mmdebstrap', '--quiet', '--variant=minbase', `--include=${PACKAGES.join(',')}`, 'bookworm', fresh], {
    timeoutMs: 400_000,
  })
  // The network is set up from outside; nothing in there may wait for it.
  await rm(join(fresh, 'etc/machine-id'), { force: true })
  await writeFile(join(fresh, 'etc/machine-id'), 'uninitialized\n')
  await writeFile(join(fresh, 'muster-image'), `${PACKAGES.join(' ')}\n`)
  await rename(fresh, image)
  return image
}
