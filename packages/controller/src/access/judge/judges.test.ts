import { parsePolicy } from '@muster/protocol/iam'
import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { initialiseAccess, NODE_ROLE } from '#access/index.ts'
import { nodeCaller, rootPrincipal } from '#access/principals.ts'
import { attach } from '#access/store/attachments.ts'
import { addMember, insertGroup } from '#access/store/groups.ts'
import { putInline } from '#access/store/inline-policies.ts'
import { findRoleByName } from '#access/store/roles.ts'
import { insertUser } from '#access/store/users.ts'
import { START } from '#api/testing/start-api.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { Caller, SessionFacts } from '#kit/identity.ts'
import { createSeededIds } from '#kit/ids.ts'
import { createSealer } from '#kit/seal.ts'
import { createJudges, type Judges } from './index.ts'

const HOME = { accountId: '210987654321', region: 'us-east-1' }
const NODE_ID = 'mi-0123456789abcdef0'
const arn = (resource: string) => `arn:aws:ssm:us-east-1:${HOME.accountId}:${resource}`
const NODE = arn(`managed-instance/${NODE_ID}`)
const SEND = 'ssm:SendCommand'

const ann: Caller = {
  ...{ kind: 'user', id: 'AIDAANN', arn: `arn:aws:iam::${HOME.accountId}:user/ann`, accountId: HOME.accountId },
  source: '192.0.2.1',
}
const signedIn = (facts: Partial<SessionFacts>): Caller => ({
  ...{ ...ann, session: { issuedAt: START - 60_000, roleIds: [], ...facts } },
})

interface World {
  readonly db: Database
  readonly clock: ManualClock
  readonly judges: Judges
  /** Gives ann an inline policy of these statements. */
  give(name: string, ...statements: readonly object[]): Promise<void>
  decide(caller: Caller, action: string, resource: string, keys?: Record<string, string>): Promise<string>
}

const policy = (statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

async function openWorld(db: Database): Promise<World> {
  const clock = createManualClock(START)
  const sealer = createSealer(new Uint8Array(32).fill(9))
  await initialiseAccess({ db, sealer, ids: createSeededIds(1), clock }, { accountId: HOME.accountId })
  const judges = createJudges({ db, clock, home: HOME })
  const user = { id: ann.id, name: 'ann', path: '/', createdAt: START, disabled: false }
  await db.write((tx) => insertUser(tx, { ...user, tags: [{ Key: 'Team', Value: 'red' }] }))
  return {
    ...{ db, clock, judges },
    give: (name, ...statements) =>
      db.write((tx) => putInline(tx, ann.id, { name, document: policy(statements) })).then(() => judges.drop()),
    async decide(caller, action, resource, keys = {}) {
      const judge = await judges.judge(caller, clock.now())
      const conditions = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [value]]))
      const { allowed, reason } = judge.decide(action, resource, conditions)
      return allowed ? 'allowed' : reason
    },
  }
}

const refusedTo = (who: string, action: string, resource: string, why: string) =>
  `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`

describeStores('the judge', (openStore) => {
  it('lets root do everything', async () => {
    await using db = await openStore()
    const { decide } = await openWorld(db)
    expect(await decide({ ...rootPrincipal(HOME), source: '' }, 'ssm:Anything', '*')).toBe('allowed')
  })

  it('refuses with the text of the service: nothing allows it, or a policy denies it', async () => {
    await using db = await openStore()
    const { decide, give } = await openWorld(db)
    expect(await decide(ann, SEND, NODE)).toBe(
      refusedTo(ann.arn, SEND, NODE, `because no identity-based policy allows the ${SEND} action`),
    )
    await give('no', { Effect: 'Deny', Action: SEND, Resource: '*' }, { Effect: 'Allow', Action: '*', Resource: '*' })
    expect(await decide(ann, SEND, NODE)).toBe(
      refusedTo(ann.arn, SEND, NODE, 'with an explicit deny in an identity-based policy'),
    )
  })

  it('narrows a session by its policy, with texts of its own', async () => {
    await using db = await openStore()
    const { decide, give } = await openWorld(db)
    await give('all', { Effect: 'Allow', Action: '*', Resource: '*' })
    const asked = (statement: object) => decide(signedIn({ policies: [policy([statement])] }), SEND, NODE)
    expect(await asked({ Effect: 'Allow', Action: 'ssm:*', Resource: '*' })).toBe('allowed')
    expect(await asked({ Effect: 'Allow', Action: 'ssm:Get*', Resource: '*' })).toBe(
      refusedTo(ann.arn, SEND, NODE, `because no session policy allows the ${SEND} action`),
    )
    expect(await asked({ Effect: 'Deny', Action: 'ssm:*', Resource: '*' })).toBe(
      refusedTo(ann.arn, SEND, NODE, 'with an explicit deny in a session policy'),
    )
  })

  it('gives a session nothing that its principal does not have', async () => {
    await using db = await openStore()
    const { decide } = await openWorld(db)
    const everything = policy([{ Effect: 'Allow', Action: '*', Resource: '*' }])
    expect(await decide(signedIn({ policies: [everything] }), SEND, NODE)).toContain('no identity-based policy allows')
  })

  it('counts the policies of groups, and managed ones that are attached', async () => {
    await using db = await openStore()
    const { decide, judges } = await openWorld(db)
    await db.write(async (tx) => {
      await insertGroup(tx, { id: 'AGPAOPS', name: 'ops', path: '/', createdAt: START })
      await addMember(tx, 'AGPAOPS', ann.id)
      await putInline(tx, 'AGPAOPS', {
        name: 'send',
        document: policy([{ Effect: 'Allow', Action: SEND, Resource: '*' }]),
      })
      await attach(tx, ann.id, 'arn:aws:iam::aws:policy/IAMReadOnlyAccess')
    })
    judges.drop()
    expect(await decide(ann, SEND, NODE)).toBe('allowed')
    expect(await decide(ann, 'iam:GetUser', '*')).toBe('allowed')
    expect(await decide(ann, 'iam:CreateUser', '*')).toContain('no identity-based policy')
  })

  it('forgets at once what it is told of, and by itself within five seconds', async () => {
    await using db = await openStore()
    const { decide, give, clock } = await openWorld(db)
    await give('all', { Effect: 'Allow', Action: '*', Resource: '*' })
    expect(await decide(ann, SEND, NODE)).toBe('allowed')
    await db.write((tx) =>
      putInline(tx, ann.id, { name: 'all', document: policy([{ Effect: 'Deny', Action: '*', Resource: '*' }]) }),
    )
    expect(await decide(ann, SEND, NODE)).toBe('allowed')
    clock.advance(5_000)
    expect(await decide(ann, SEND, NODE)).toContain('explicit deny')
  })

  it('lets nothing through for a principal whose policy it cannot read', async () => {
    await using db = await openStore()
    const { decide, give } = await openWorld(db)
    await give('all', { Effect: 'Allow', Action: '*', Resource: '*' })
    await give('broken', { Effect: 'Alow' })
    expect(await decide(ann, SEND, NODE)).toContain('explicit deny')
  })

  it('says for the audit trail which statement decided', async () => {
    await using db = await openStore()
    const { give, judges } = await openWorld(db)
    const Condition = { StringEquals: { 'ssm:resourceTag/Env': 'dev' } }
    await give('dev', { Sid: 'Dev', Effect: 'Allow', Action: SEND, Resource: '*', Condition })
    const judge = await judges.judge(ann, START)
    expect(judge.decide(SEND, NODE, new Map([['ssm:resourcetag/env', ['prod']]]))).toMatchObject({
      allowed: false,
      why: expect.stringContaining('the statement Dev (number 1) of the policy dev would, but only where'),
    })
    expect([judge.asks('ssm:resourcetag/'), judge.asks('aws:resourcetag/')]).toEqual([true, false])
  })
})

describeStores('a node', (openStore) => {
  const node = async ({ db }: World): Promise<Caller> => {
    const role = await findRoleByName(db.read, NODE_ROLE)
    return nodeCaller(HOME, { nodeId: NODE_ID, roleId: role?.id ?? '', roleName: NODE_ROLE }, 'link')
  }

  it('of the role that every fleet has may report on itself, read documents, and nothing else', async () => {
    await using db = await openStore()
    const world = await openWorld(db)
    const caller = await node(world)
    const asked = [
      ['ssm:PutInventory', NODE, true],
      ['ssm:PutInventory', arn('managed-instance/mi-00000000000000000'), false],
      ['ssm:PutInventory', '*', false],
      ['ssm:GetDocument', arn('document/D'), true],
      ['ssm:CreateDocument', arn('document/D'), false],
      ['ssm:SendCommand', NODE, false],
      ['ssm:CreateActivation', '*', false],
      ['ssm:DeregisterManagedInstance', NODE, false],
      ['ssm:GetParameter', arn('parameter/a'), false],
      ['sts:GetCallerIdentity', '*', true],
    ] as const
    for (const [action, resource, expected] of asked)
      expect([action, resource, (await world.decide(caller, action, resource)) === 'allowed']).toEqual([
        ...[action, resource, expected],
      ])
  })
})

describeStores('what a request says of itself', (openStore) => {
  it('is not believed over what is known about its caller', async () => {
    await using db = await openStore()
    const { give, decide } = await openWorld(db)
    const Condition = { StringEquals: { 'aws:username': 'bob' } }
    await give('only', { Effect: 'Allow', Action: '*', Resource: '*', Condition })
    expect(await decide(ann, SEND, NODE, { 'aws:username': 'bob' })).toContain('no identity-based policy')
  })
})

describeStores('handing out', (openStore) => {
  const named = (...statements: readonly object[]) => {
    const read = parsePolicy(policy(statements))
    if (!read.ok) throw new Error(read.problem.text)
    return [{ name: 'given', policy: read.policy }]
  }
  const SENDING = { Effect: 'Allow', Action: SEND, Resource: arn('managed-instance/*') }

  it('is for whoever has it: root all, others what their policies and their session allow', async () => {
    await using db = await openStore()
    const { judges, give } = await openWorld(db)
    const may = async (caller: Caller) => (await judges.mayHandOut(caller, START, named(SENDING))).ok
    expect([await may({ ...rootPrincipal(HOME), source: '' }), await may(ann)]).toEqual([true, false])
    await give('send', { Effect: 'Allow', Action: 'ssm:Send*', Resource: '*' })
    expect(await may(ann)).toBe(true)
    expect(await may(signedIn({ policies: [policy([{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }])] }))).toBe(
      false,
    )
  })
})
