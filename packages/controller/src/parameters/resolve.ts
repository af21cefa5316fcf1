import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { type Found, lookUp, versionAbsentText } from './lookup.ts'
import { foreignText, parameterArn } from './name.ts'

/** What `{{ ssm:REFERENCE }}` stands for, or the sentence why it stands for nothing. */
export type Resolved =
  | {
      readonly ok: true
      readonly name: string
      /** As policies name it. */
      readonly arn: string
      readonly type: 'String' | 'StringList'
      readonly version: number
      readonly value: string
    }
  | { readonly ok: false; readonly text: string }

/** Resolves references, `NAME`, `NAME:VERSION` or `NAME:LABEL`, in their order, to values as they are now. */
export async function resolveReferences(db: Reader, home: Home, references: readonly string[]): Promise<Resolved[]> {
  return (await lookUp(db, home, references)).map((found) => toResolved(home, found))
}

/** What `{{ ssm-secure:REFERENCE }}` stands for: a version of a SecureString, whose value is not opened for this. */
export type Pinned =
  | { readonly ok: true; readonly name: string; readonly version: number }
  | { readonly ok: false; readonly text: string }

/** Finds the versions of SecureStrings that references mean as they are now, in their order. */
export async function pinReferences(db: Reader, home: Home, references: readonly string[]): Promise<Pinned[]> {
  return (await lookUp(db, home, references)).map((found): Pinned => {
    const problem = problemOf(found)
    if (problem !== undefined || found.kind !== 'found') return { ok: false, text: problem ?? '' }
    const { name, type, version } = found.version
    return type === 'SecureString'
      ? { ok: true, name, version }
      : { ok: false, text: `${name} is a ${type}, no SecureString: use ssm.` }
  })
}

function problemOf({ kind, reference }: Found): string | undefined {
  if (kind === 'foreign') return foreignText(reference.given)
  if (kind === 'absent') return `There is no parameter ${reference.given}.`
  return kind === 'found' ? undefined : versionAbsentText(reference)
}

function toResolved(home: Home, found: Found): Resolved {
  const problem = problemOf(found)
  if (problem !== undefined || found.kind !== 'found') return { ok: false, text: problem ?? '' }
  const { name, path, type, version, value } = found.version
  if (type === 'SecureString' || typeof value !== 'string')
    return { ok: false, text: `${name} is a SecureString: use ssm-secure, where the action allows it.` }
  return { ok: true, name, arn: parameterArn(home, path), type, version, value }
}
