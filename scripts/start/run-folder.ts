import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/**
 * The agent's options for its folder of claims, which must be empty after a reboot. Root has /run/muster; anybody else
 * gets a folder named by this boot, and those of earlier boots are removed.
 */
export async function runFolderOptions(home: string, uid: number | undefined): Promise<readonly string[]> {
  if (uid === undefined || uid === 0 || process.env['MUSTER_RUN_DIR'] !== undefined) return []
  const bootId = (await readFile(BOOT_ID, 'utf8')).trim()
  const runs = join(home, 'run')
  for (const name of await readdir(runs).catch(() => []))
    if (name !== bootId) await rm(join(runs, name), { recursive: true, force: true })
  return ['--run-dir', join(runs, bootId)]
}
