/** The part of a package's manifest that a node needs. */
export interface Manifest {
  readonly version: string
  readonly packages: Targets<Targets<Targets<{ readonly file: string }>>>
  readonly files: Readonly<Record<string, { readonly checksums?: { readonly sha256?: string } }>>
}

type Targets<T> = Readonly<Record<string, T>>

/** What a host is, in the words of manifests. */
export interface PackageHost {
  /** For instance `debian`, `windows`. */
  readonly platform: string
  readonly version: string
  /** For instance `x86_64`, `arm64`. */
  readonly architecture: string
}

const ANY = '_any'
// What os-release calls a distribution, where manifests say something else.
const PLATFORMS: Readonly<Record<string, string>> = {
  amzn: 'amazon',
  rhel: 'redhat',
  sles: 'suse',
  ol: 'oracle',
  'opensuse-leap': 'suse',
}
const ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  x86_64: ['x86_64', 'amd64'],
  aarch64: ['arm64', 'aarch64'],
  i386: ['386', 'i386'],
}

/** A host in the words of manifests, from the id of os-release and the words of uname. */
export const toPackageHost = (id: string, version: string, architecture: string): PackageHost => ({
  platform: PLATFORMS[id.toLowerCase()] ?? id.toLowerCase(),
  version,
  architecture,
})

/** The file of a package for a host: what names it exactly comes before what names all. A text says why there is none. */
export function chooseFile(
  { packages, files }: Manifest,
  { platform, version, architecture }: PackageHost,
): { readonly file: string; readonly sha256: string } | string {
  for (const versions of pick(packages, [platform])) {
    for (const architectures of pickVersion(versions, version)) {
      const [target] = pick(architectures, ARCHITECTURES[architecture] ?? [architecture])
      if (target === undefined) continue
      const sha256 = files[target.file]?.checksums?.sha256
      if (sha256 === undefined || !/^[0-9a-f]{64}$/i.test(sha256))
        return `the manifest has no SHA-256 of ${target.file}`
      return { file: target.file, sha256: sha256.toLowerCase() }
    }
  }
  return `the package has nothing for ${platform} ${version} on ${architecture}`
}

const own = <T>(targets: Targets<T>, name: string): readonly T[] => {
  const found = Object.hasOwn(targets, name) ? targets[name] : undefined
  return found === undefined ? [] : [found]
}

const pick = <T>(targets: Targets<T>, names: readonly string[]): readonly T[] =>
  [...names, ANY].flatMap((name) => own(targets, name))

/** `7.*` means all that begins with `7.`; the longest of several wins. */
function pickVersion<T>(targets: Targets<T>, version: string): readonly T[] {
  const wild = Object.keys(targets)
    .filter((name) => name.endsWith('*') && `${version}.`.startsWith(name.slice(0, -1)))
    .sort((a, b) => b.length - a.length)
  return [version, ...wild, ANY].flatMap((name) => own(targets, name))
}
