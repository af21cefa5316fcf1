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

function toResolved(home: Home, found: Found): Resolved {
  const { given } = found.reference
  if (found.kind === 'foreign') return { ok: false, text: foreignText(given) }
  if (found.kind === 'absent') return { ok: false, text: `There is no parameter ${given}.` }
  if (found.kind !== 'found') return { ok: false, text: versionAbsentText(found.reference) }
  const { name, path, type, version, value } = found.version
  if (type === 'SecureString' || typeof value !== 'string')
    return { ok: false, text: `${name} is a SecureString: use ssm-secure, where the action allows it.` }
  return { ok: true, name, arn: parameterArn(home, path), type, version, value }
}
