import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestController } from '../../rig/controller.ts'
import type { Settings, StockClient } from './client.ts'
import { pythonEnvironment, settingsEnvironment } from './environment.ts'

export interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface Aws extends StockClient {
  readonly name: 'aws'
  /** `aws ARGS` as typed at a shell. */
  run(args: readonly string[], settings?: Settings): Promise<Finished>
  /** The JSON that `aws ARGS` prints; throws with its standard error when it fails. */
  json<T>(args: readonly string[], settings?: Settings): Promise<T>
}

/** The `aws` CLI, a process a call. */
export async function createAws(controller: TestController): Promise<Aws> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-aws-'))
  const unchecked = join(folder, 'unchecked')
  await writeFile(unchecked, '[default]\nparameter_validation = false\n')

  const run: Aws['run'] = (args, settings = {}) => {
    const env = {
      ...pythonEnvironment(controller),
      ...settingsEnvironment(settings),
      ...(settings.unchecked ? { AWS_CONFIG_FILE: unchecked } : {}),
    }
    return new Promise((resolve, reject) => {
      execFile('aws', args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error)
        else resolve({ status: Number(error?.code ?? 0), stdout, stderr: stderr.trim() })
      })
    })
  }
  return {
    name: 'aws',
    run,
    async json(args, settings) {
      const { status, stdout, stderr } = await run(args, settings)
      if (status !== 0) throw new Error(`aws ${args.join(' ')} ended with ${status}: ${stderr}`)
      return JSON.parse(stdout)
    },
    async call(operation, input, settings) {
      const json = ['--cli-input-json', JSON.stringify(input), '--output', 'json']
      const { status, stdout, stderr } = await run(['ssm', toCommand(operation), ...json], settings)
      if (status === 0) return { ok: true, output: stdout.trim() === '' ? {} : JSON.parse(stdout) }
      return { ok: false, code: /^An error occurred \((\w+)\)/.exec(stderr)?.[1] ?? '', kind: '', text: stderr }
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true })
    },
  }
}

const toCommand = (operation: string): string =>
  operation.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
