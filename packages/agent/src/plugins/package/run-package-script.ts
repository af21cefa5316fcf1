import { join } from 'node:path'
import { runProgram, sizeOf } from '#platform/index.ts'
import type { TaskIo } from '#runner/index.ts'

export type ScriptName = 'install' | 'uninstall' | 'update'

/** The program for a script of a package on a platform. */
export const scriptArgv = (script: ScriptName, folder: string, platform: string): readonly [string, ...string[]] =>
  platform === 'win32'
    ? [
        ...(['powershell.exe', '-InputFormat', 'None', '-NonInteractive', '-NoProfile'] as const),
        ...['-ExecutionPolicy', 'Unrestricted', '-File', join(folder, `${script}.ps1`)],
      ]
    : ['sh', join(folder, `${script}.sh`)]

/** Runs a script of an unpacked package in its folder; undefined where the package has none. */
export async function runPackageScript(
  script: ScriptName,
  folder: string,
  env: Readonly<Record<string, string>>,
  io: Pick<TaskIo, 'out' | 'err'>,
): Promise<number | undefined> {
  const argv = scriptArgv(script, folder, process.platform)
  if ((await sizeOf(argv.at(-1) ?? '')) === undefined) return undefined
  const { code } = await runProgram(argv, { cwd: folder, env, onOut: io.out, onErr: io.err })
  return code
}
