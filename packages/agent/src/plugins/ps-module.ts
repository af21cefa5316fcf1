import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram, writePrivate } from '#platform/index.ts'
import { InvalidInput, list, optional, task, text, windowsOutcome } from '#runner/index.ts'
import { ArchiveRefused, extractArchive } from './archive/extract.ts'
import { DownloadError } from './download/address.ts'
import { fetchSource, isHash } from './windows/fetch-source.ts'
import { MODULES_FOLDER, powerShellArgv } from './windows/windows-argv.ts'

const inputs = {
  source: text,
  sourceHash: optional(text),
  runCommand: optional(list(text)),
  workingDirectory: optional(text),
}

/** `aws:psModule`: puts a module of PowerShell from a .zip file where PowerShell finds it, and runs lines that use it. */
export const psModuleIn = (modulesFolder: string) =>
  task({
    action: 'aws:psModule',
    since: 1,
    platforms: ['win32'],
    inputs,
    check({ source, sourceHash }) {
      if (!/\.zip(?:[?#]|$)/i.test(source)) throw new InvalidInput('source must be the address of a .zip file')
      if (sourceHash !== undefined && !isHash(sourceHash))
        throw new InvalidInput('sourceHash must be a SHA-256 of 64 hex digits')
    },

    async perform({ source, sourceHash, runCommand = [], workingDirectory }, order, io) {
      const { workspace } = order
      try {
        const file = await fetchSource(source, sourceHash, join(workspace, 'module.zip'), order)
        const unpacked = join(workspace, 'module')
        await extractArchive(file, 'zip', unpacked, { isWindows: true })
        await cp(unpacked, modulesFolder, { recursive: true })
      } catch (error) {
        if (!(error instanceof DownloadError || error instanceof ArchiveRefused)) throw error
        io.err(`${error.message}\n`)
        return 1
      }
      io.out(`the module was put into ${modulesFolder}\n`)
      if (runCommand.length === 0) return 0
      const script = join(workspace, 'script.ps1')
      await writePrivate(script, `\uFEFF${[...runCommand, ''].join('\n')}`)
      const { code } = await runProgram(powerShellArgv(script), {
        cwd: workingDirectory ?? workspace,
        onOut: io.out,
        onErr: io.err,
      })
      return code
    },
    outcome: windowsOutcome,
  })

export const psModule = psModuleIn(MODULES_FOLDER)
