import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { type Reference, readReference } from './name.ts'
import type { ParameterVersion } from './parameter.ts'
import { findLatest, findSelected } from './store.ts'

/** What a reference leads to. */
export type Found =
  | { readonly kind: 'found'; readonly reference: Reference; readonly version: ParameterVersion }
  | { readonly kind: 'absent' | 'version-absent' | 'foreign'; readonly reference: Reference }

/** Finds what names or ARNs mean, in their order; a name is found under exactly that name, with or without its slash. */
export async function lookUp(db: Reader, home: Home, given: readonly string[]): Promise<readonly Found[]> {
  const references = given.map((text) => readReference(home, text))
  const paths = references.flatMap(({ path, selector }) => (path === undefined || selector ? [] : [path]))
  const latest = new Map((await findLatest(db, paths)).map((version) => [version.path, version]))
  return Promise.all(
    references.map(async (reference): Promise<Found> => {
      const { path, selector } = reference
      if (path === undefined) return { kind: 'foreign', reference }
      if (!selector) return judge(reference, latest.get(path))
      const version = await findSelected(db, path, selector)
      if (version) return judge(reference, version)
      const [head] = await findLatest(db, [path])
      return { kind: judge(reference, head).kind === 'found' ? 'version-absent' : 'absent', reference }
    }),
  )
}

/** The one thing that `lookUp` finds. */
export async function lookUpOne(db: Reader, home: Home, given: string): Promise<Found> {
  const [found] = await lookUp(db, home, [given])
  if (!found) throw new Error('a look-up answered nothing')
  return found
}

function judge(reference: Reference, version: ParameterVersion | undefined): Found {
  const isMeant = version && (reference.name === undefined || reference.name === version.name)
  return isMeant ? { kind: 'found', reference, version } : { kind: 'absent', reference }
}

/** The service's sentence for a version that is not there. */
export function versionAbsentText({ path, name, selector, suffix }: Reference): string {
  const noun = selector && 'label' in selector ? 'label' : 'version'
  return `Systems Manager could not find ${noun} ${suffix.slice(1)} of ${name ?? path}. Verify the ${noun} and try again.`
}
