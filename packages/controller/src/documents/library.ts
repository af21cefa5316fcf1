import type { Home } from '#kit/identity.ts'
import type { Library } from './deps.ts'
import { type DocumentVersion, documentArn, toName, type VersionChoice, versionNumber } from './document.ts'
import { findHead, findVersion } from './store.ts'

/** Makes the one way to a document's version, whoever owns it. */
export function createLibrary(home: Home, builtins: ReadonlyMap<string, DocumentVersion>): Library {
  return {
    builtins,
    nameOf: (nameOrArn) => toName(home, nameOrArn),
    arn: (nameOrArn) => documentArn(home, nameOrArn, (name) => builtins.has(name)),
    async find(db, nameOrArn, choice) {
      const name = toName(home, nameOrArn)
      if (name === undefined) return undefined
      const builtin = builtins.get(name)
      if (builtin) return isMeant(builtin, choice) ? builtin : 'version-missing'
      const head = await findHead(db, name)
      if (!head) return undefined
      const { version: given, versionName } = choice
      // A version's name stands for its number; given together, both must hold.
      const byNameOnly = versionName !== undefined && given === undefined
      const version = versionNumber(given, head)
      if (version === undefined && !byNameOnly) return 'version-missing'
      const number = byNameOnly || version === undefined ? {} : { version }
      return (await findVersion(db, name, { ...number, versionName })) ?? 'version-missing'
    },
  }
}

const isMeant = (document: DocumentVersion, { version, versionName }: VersionChoice): boolean =>
  versionNumber(version, document) === document.version &&
  (versionName === undefined || versionName === document.versionName)
