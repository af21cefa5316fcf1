import { join } from 'node:path'
import { runProgram } from '#platform/index.ts'
import { InvalidInput, oneOf, optional, task, text, windowsOutcome } from '#runner/index.ts'
import { DownloadError } from './download/address.ts'
import { fetchSource, isHash } from './windows/fetch-source.ts'
import { msiExit, msiexecArgv } from './windows/windows-argv.ts'

const inputs = {
  action: oneOf('Install', 'Repair', 'Uninstall'),
  source: text,
  sourceHash: optional(text),
  parameters: optional(text),
}

/** `aws:applications`: installs, repairs or removes a program of an .msi file. */
export const applications = task({
  action: 'aws:applications',
  since: 1,
  platforms: ['win32'],
  inputs,
  check({ source, sourceHash }) {
    if (!/\.msi(?:[?#]|$)/i.test(source)) throw new InvalidInput('source must be the address of an .msi file')
    if (sourceHash !== undefined && !isHash(sourceHash))
      throw new InvalidInput('sourceHash must be a SHA-256 of 64 hex digits')
  },

  async perform({ action, source, sourceHash, parameters = '' }, order, io) {
    try {
      const file = await fetchSource(source, sourceHash, join(order.workspace, 'source.msi'), order)
      const argv = msiexecArgv(action, file, join(order.workspace, 'msiexec.log'), parameters)
      const { code, stderr } = await runProgram(argv, { cwd: order.workspace, onOut: io.out, onErr: io.err })
      if (msiExit(code) === 1) io.err(`msiexec ended with ${code}${stderr && `: ${stderr.trim()}`}\n`)
      return msiExit(code)
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error
      io.err(`${error.message}\n`)
      return 1
    }
  },
  outcome: windowsOutcome,
})
