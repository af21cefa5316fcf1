import { parseOsRelease, readHostFacts, readIfThere } from '#platform/index.ts'
import { type PackageHost, toPackageHost } from './manifest.ts'

/** This host in the words of manifests. */
export async function readPackageHost(): Promise<PackageHost> {
  const { platformType, platformVersion, architecture } = await readHostFacts()
  const id = parseOsRelease((await readIfThere('/etc/os-release')) ?? '').get('ID') ?? 'linux'
  return toPackageHost(platformType === 'Linux' ? id : platformType.toLowerCase(), platformVersion, architecture)
}
