import { InvalidInput, oneOf, optional, scriptOutcome, type TaskOrder, task, text, variables } from '#runner/index.ts'
import { ArchiveRefused } from './archive/extract.ts'
import { DownloadError } from './download/address.ts'
import { type ChangeDeps, installPackage, uninstallPackage } from './package/change-package.ts'
import { readPackageHost } from './package/host.ts'
import { controllerSource, type PackageSource } from './package/package-source.ts'
import { lockPackage, openPackageStore } from './package/store.ts'

const NAME = /^(?:arn:[^/]*document\/)?([a-zA-Z0-9_.-]{3,128})$/

const inputs = {
  name: text,
  action: oneOf('Install', 'Uninstall'),
  version: optional(text),
  installationType: optional(oneOf('Uninstall and reinstall', 'In-place update')),
  additionalArguments: optional(variables),
}

/** `aws:configurePackage`: installs or removes a package that the controller has as a document of type Package. */
export const configurePackageFrom = (sourceOf: (order: TaskOrder) => PackageSource) =>
  task({
    action: 'aws:configurePackage',
    since: 1,
    platforms: ['linux', 'darwin', 'win32'],
    inputs,
    check({ name, additionalArguments = {} }) {
      if (!NAME.test(name)) throw new InvalidInput('name must be the name or the ARN of a document')
      const stray = Object.keys(additionalArguments).find((key) => !/^SSM_[A-Za-z0-9_]+$/.test(key))
      if (stray !== undefined) throw new InvalidInput(`additionalArguments.${stray} must begin with SSM_`)
    },

    async perform({ name: given, action, version, installationType, additionalArguments = {} }, order, io) {
      const name = NAME.exec(given)?.[1] ?? given
      await using lock = await lockPackage(order.data, name)
      if (lock === undefined) {
        io.err(`${name} is being changed by another command\n`)
        return 1
      }
      const store = await openPackageStore(order.data, name)
      const deps: ChangeDeps = { name, store, host: await readPackageHost(), env: additionalArguments, io }
      try {
        if (action === 'Uninstall') return await uninstallPackage(deps, version)
        const source = await sourceOf(order)(order.document)
        return await installPackage(deps, source, installationType ?? 'Uninstall and reinstall')
      } catch (error) {
        if (!(error instanceof DownloadError || error instanceof ArchiveRefused)) throw error
        io.err(`${error.message}\n`)
        return 1
      }
    },
    outcome: scriptOutcome,
  })

export const configurePackage = configurePackageFrom(({ data }) => controllerSource(data))
