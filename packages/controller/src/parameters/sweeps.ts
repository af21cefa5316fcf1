import type { Database, Tx } from '#db/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { Counts } from './counts.ts'
import type { ParametersDeps } from './deps.ts'
import { insertNotice, listDue, removeNotices, takeDue } from './due-store.ts'
import { parameterArn } from './name.ts'
import type { ParameterVersion } from './parameter.ts'
import type { Policy } from './policy.ts'
import { removeWhole } from './remove.ts'
import { findLatest, setPolicies } from './store.ts'
import type { ParameterDueRow } from './tables.ts'

const POLICIES_MS = 60_000
const COUNTS_MS = 10_000
const AT_ONCE = 200
const KEEP_NOTICES_MS = 90 * 86_400_000

/** Does what policies say once their time has come, and forgets old notices. */
export function parameterSweeps(deps: ParametersDeps, counts: Counts): readonly Sweep[] {
  const { db, clock } = deps
  return [
    {
      name: 'parameters: policies',
      every: POLICIES_MS,
      async run(signal) {
        const at = clock.now()
        for (let due = await listDue(db.read, at, AT_ONCE); due.length > 0; due = await listDue(db.read, at, AT_ONCE))
          for (const row of due) {
            if (signal.aborted) return
            await act(deps, row, at)
          }
      },
    },
    { name: 'parameters: counts', every: COUNTS_MS, run: counts.load },
    {
      name: 'parameters: old notices',
      every: '23 3 * * *',
      run: () => db.write((tx) => removeNotices(tx, clock.now() - KEEP_NOTICES_MS)),
    },
  ]
}

async function act(deps: ParametersDeps, row: ParameterDueRow, at: number): Promise<void> {
  const told = await writeAct(deps.db, deps, row, at)
  if (told) deps.log.info({ parameter: told.name, version: told.version, policy: told.kind }, told.text)
}

const writeAct = (db: Database, deps: ParametersDeps, row: ParameterDueRow, at: number) =>
  db.write(async (tx) => {
    if (!(await takeDue(tx, row))) return undefined
    const [version] = await findLatest(tx, [row.path])
    const policy = version?.policies[row.position]
    if (!version || !policy) return undefined
    const notice = { at, name: version.name, version: version.version, kind: policy.type, text: TEXTS[policy.type] }
    await insertNotice(tx, notice)
    if (policy.type === 'Expiration') await expire(tx, deps, version, at)
    else await setPolicies(tx, version, finished(version.policies, row.position))
    return notice
  })

const TEXTS: Readonly<Record<Policy['type'], string>> = {
  Expiration: 'a parameter has expired and is removed',
  ExpirationNotification: 'a parameter is about to expire',
  NoChangeNotification: 'a parameter was not changed for as long as its policy says',
}

const finished = (policies: readonly Policy[], position: number): readonly Policy[] =>
  policies.map((policy, index) => (index === position ? { ...policy, status: 'Finished' } : policy))

async function expire(tx: Tx, deps: ParametersDeps, version: ParameterVersion, at: number): Promise<void> {
  await removeWhole(tx, deps, version)
  await deps.audit.write(tx, {
    ...{ at, requestId: deps.ids.uuid(), caller: policyCaller(deps.home), operation: 'ExpireParameter' },
    ...{ action: 'ssm:DeleteParameter', resources: [parameterArn(deps.home, version.path)] },
    ...{ decision: 'Allowed', result: 'OK' },
  })
}

/** Who the trail names for what nobody asked for at that moment. */
const policyCaller = ({ accountId }: Home): Caller => ({
  ...{ kind: 'role', id: 'parameter-policies', accountId, source: 'parameter-policies' },
  arn: `arn:aws:iam::${accountId}:role/aws-service-role/muster/parameter-policies`,
})
