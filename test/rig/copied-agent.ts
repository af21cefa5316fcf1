import { cp, lstat, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestAgent } from './agent.ts'
import { type Program, startProgram } from './program.ts'

const main = fileURLToPath(new URL('../../packages/agent/src/main.ts', import.meta.url))

/** An agent on a copy of another one's data folder, with claims of its own: a cloned disk. */
export interface CopiedAgent extends AsyncDisposable {
  readonly data: string
  readonly program: Program
}

/** Copies what the agent has on its disk at this moment and starts an agent on it; `within` may put it elsewhere. */
export async function startCopy(
  { data, bootIdFile, policyFile }: TestAgent,
  within: readonly string[] = [],
): Promise<CopiedAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-copy-'))
  const copy = join(folder, 'data')
  // A socket is no file of a disk that is copied.
  await cp(data, copy, { recursive: true, filter: async (path) => !(await lstat(path)).isSocket() })
  const options = ['--boot-id-file', bootIdFile, '--policy-file', policyFile, '--no-service-manager']
  const args = ['run', '--data', copy, '--run-dir', join(folder, 'run'), ...options]
  const program = startProgram({ script: main, args, within })
  return {
    data: copy,
    program,
    async [Symbol.asyncDispose]() {
      program.kill('SIGTERM')
      await program.exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
