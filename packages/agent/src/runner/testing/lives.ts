import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FailpointName } from '#kit/index.ts'
import type { Work } from '../runner.ts'
import type { Host } from '../test-rig.ts'

/** The agent in a process of its own, which takes these works. */
export function startChild(host: Host, works: readonly Work[], failpoints: string): ChildProcess {
  const content = works.map((work) => ({ ...work, envelope: Buffer.from(work.envelope).toString('base64') }))
  writeFileSync(join(host.folder, 'works.json'), JSON.stringify(content))
  return spawn(process.execPath, [join(import.meta.dirname, '../test-child.ts'), host.folder, failpoints], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** One life of the agent, killed at a failpoint. */
export async function runUntilKilled(host: Host, works: readonly Work[], failpoint: FailpointName): Promise<void> {
  const [code, by] = await once(startChild(host, works, `${failpoint}:kill`), 'exit')
  if (by !== 'SIGKILL') throw new Error(`the agent was to be killed ${failpoint}, and ended with ${code ?? by}`)
}
