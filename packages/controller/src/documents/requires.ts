import type { DocumentRequires } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import type { DocumentOperationDeps } from './deps.ts'
import type { Requirement } from './document.ts'
import { listRequirements } from './version-store.ts'

export const fromRequires = (requires: readonly DocumentRequires[]): readonly Requirement[] =>
  requires.map(({ Name, Version, VersionName, RequireType }) => ({
    name: Name,
    ...(Version === undefined ? {} : { version: Version }),
    ...(VersionName === undefined ? {} : { versionName: VersionName }),
    ...(RequireType === undefined ? {} : { requireType: RequireType }),
  }))

/** What is wrong with the documents that one needs, with its place: each must be there, in the version that is named. */
export async function findRequiresProblem(
  db: Reader,
  { library }: DocumentOperationDeps,
  name: string,
  requires: readonly Requirement[],
): Promise<string | undefined> {
  for (const [index, requirement] of requires.entries()) {
    const place = `Requires[${index}]`
    if (library.nameOf(requirement.name) === name) return `${place}: a document cannot require itself.`
    const found = await library.find(db, requirement.name, requirement)
    if (found === undefined) return `${place}: the document ${requirement.name} does not exist.`
    if (found === 'version-missing') return `${place}: the document ${requirement.name} has no such version.`
  }
  return undefined
}

/** Name of a document that needs this one, or this very version of it. */
export async function findDependent(
  db: Reader,
  { library }: DocumentOperationDeps,
  name: string,
  version?: { readonly version: number; readonly versionName: string | undefined },
): Promise<string | undefined> {
  const found = (await listRequirements(db, name)).find(({ requirement }) => {
    if (library.nameOf(requirement.name) !== name) return false
    if (version === undefined) return true
    return (
      requirement.version === String(version.version) ||
      (requirement.versionName !== undefined && requirement.versionName === version.versionName)
    )
  })
  return found?.by
}
