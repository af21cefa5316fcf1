/**
 * Parameters: named values in versions, in hierarchies, plain or sealed. In come the ten operations of Parameter Store;
 * out go values for what is written `{{ ssm:NAME }}` elsewhere. Sealing is the business of keys: rows of SecureStrings
 * hold sealed bytes alone. Policies act by a sweep.
 */
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createCounts } from './counts.ts'
import type { ParametersDeps } from './deps.ts'
import { lookUpOne } from './lookup.ts'
import { parameterArn, pathInArn, pathOf, referenceArn } from './name.ts'
import { deleteParameter } from './operations/delete-parameter.ts'
import { deleteParameters } from './operations/delete-parameters.ts'
import { describeParameters } from './operations/describe-parameters.ts'
import { getParameter } from './operations/get-parameter.ts'
import { getParameterHistory } from './operations/get-parameter-history.ts'
import { getParameters } from './operations/get-parameters.ts'
import { getParametersByPath } from './operations/get-parameters-by-path.ts'
import { labelParameterVersion } from './operations/label-parameter-version.ts'
import { putParameter } from './operations/put-parameter.ts'
import { unlabelParameterVersion } from './operations/unlabel-parameter-version.ts'
import type { Tier } from './parameter.ts'
import { TAGGED } from './remove.ts'
import { type Pinned, pinReferences, type Resolved, resolveReferences } from './resolve.ts'
import { findLatest } from './store.ts'
import { parameterSweeps } from './sweeps.ts'

export type { ParametersDeps } from './deps.ts'
export type { Pinned, Resolved } from './resolve.ts'

export interface Parameters {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** To be waited for before the first request. */
  ready(): Promise<void>
  /** Values of String and StringList for `NAME`, `NAME:VERSION` or `NAME:LABEL`, in their order. Authorises nothing. */
  resolve(db: Reader, references: readonly string[]): Promise<Resolved[]>
  /** Whether there is a parameter, and a version where the reference names one. */
  exists(db: Reader, reference: string): Promise<boolean>
  /** Versions of SecureStrings, for whoever reads them later by themselves, in their order. Authorises nothing. */
  pin(db: Reader, references: readonly string[]): Promise<Pinned[]>
  arn(name: string): string
  /** The ARN that policies know what a reference means by, whether there is such a parameter or not. */
  arnOf(reference: string): string
  /** Tier of the parameter that an ARN names; undefined when there is none. */
  tierOf(db: Reader, arn: string): Promise<Tier | undefined>
}

/** Wires the parameters slice. */
export function createParameters(deps: ParametersDeps): Parameters {
  const { home, tags } = deps
  const counts = createCounts(deps.db)
  const arn = (name: string): string => parameterArn(home, name)
  tags.registerType(TAGGED, {
    arn,
    idOf: (given) => pathInArn(home, given),
    keptAs: pathOf,
    async exists(db, name) {
      const [present] = await findLatest(db, [pathOf(name)])
      return present?.name === name
    },
  })
  return {
    operations: [
      ...[putParameter(deps, counts), getParameter(deps), getParameters(deps), getParametersByPath(deps)],
      ...[getParameterHistory(deps), describeParameters(deps), deleteParameter(deps), deleteParameters(deps)],
      ...[labelParameterVersion(deps), unlabelParameterVersion(deps)],
    ],
    sweeps: parameterSweeps(deps, counts),
    ready: counts.load,
    resolve: (db, references) => resolveReferences(db, home, references),
    exists: async (db, reference) => (await lookUpOne(db, home, reference)).kind === 'found',
    pin: (db, references) => pinReferences(db, home, references),
    arn,
    async tierOf(db, given) {
      const path = pathInArn(home, given)
      const [present] = path === undefined ? [] : await findLatest(db, [path])
      return present?.tier
    },
    arnOf: (reference) => referenceArn(home, reference),
  }
}
