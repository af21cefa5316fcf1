import type { OperationName, Operations } from '@muster/protocol/api'
import { createManualClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createAccess, initialiseAccess, rootPrincipal } from '#access/index.ts'
import { attach } from '#access/store/attachments.ts'
import { addMember, insertGroup } from '#access/store/groups.ts'
import { putInline } from '#access/store/inline-policies.ts'
import { insertUser } from '#access/store/users.ts'
import { createApi, type ResourceTags } from '#api/index.ts'
import { START } from '#api/testing/start-api.ts'
import { createAudit } from '#audit/index.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createSeededIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'

const HOME = { accountId: '210987654321', region: 'us-east-1' }
const ANN = `arn:aws:iam::${HOME.accountId}:user/people/ann`
const NODE = `arn:aws:ssm:us-east-1:${HOME.accountId}:managed-instance/mi-0123456789abcdef0`
const OTHER = `arn:aws:ssm:us-east-1:${HOME.accountId}:managed-instance/mi-00000000000000000`
const SEND = 'ssm:SendCommand'
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const DEV = {
  ...{ Sid: 'Dev', Effect: 'Allow', Action: SEND, Resource: '*' },
  Condition: { StringEquals: { 'ssm:resourceTag/Env': 'dev' } },
}

/** Access with ann, who may run on dev nodes by an inline policy, and one node of each kind. */
async function openSimulator(db: Database) {
  const sealer = createSealer(new Uint8Array(32).fill(9))
  const deps = { db, sealer, ids: createSeededIds(1), clock: createManualClock(START), home: HOME }
  await initialiseAccess(deps, { accountId: HOME.accountId })
  const access = createAccess(deps)
  await db.write(async (tx) => {
    const tags = [{ Key: 'team', Value: 'red' }]
    await insertUser(tx, { id: 'AIDAANN', name: 'ann', path: '/people/', createdAt: START, disabled: false, tags })
    await putInline(tx, 'AIDAANN', { name: 'dev', document: policy(DEV) })
  })
  const ofNodes: ResourceTags = async (_db, arns) =>
    new Map(arns.flatMap((arn) => (arn === NODE ? [[arn, [{ key: 'Env', value: 'dev' }]] as const] : [])))
  const api = createApi({
    ...{
      ...deps,
      access,
      audit: createAudit({ ...deps, metrics: createMetrics(), log: silentLog, controllerId: 'controller-1' }),
      tagsOf: ofNodes,
      log: silentLog,
    },
    ...{ metrics: createMetrics(), operations: access.operations, routes: [], regionAliases: [], checkOutputs: true },
  })
  const ask = async (name: OperationName, input: object) => {
    const caller = { ...rootPrincipal(HOME), source: '' }
    const { status, body } = await api.call(caller, name, Buffer.from(JSON.stringify(input)))
    return { status, json: JSON.parse(body) }
  }
  return {
    api,
    async simulate(input: object) {
      const { status, json } = await ask('SimulatePrincipalPolicy', {
        PolicySourceArn: ANN,
        ActionNames: [SEND],
        ...input,
      })
      if (status !== 200) throw new Error(JSON.stringify(json))
      return json as Operations['SimulatePrincipalPolicy']['output']
    },
    ask,
  }
}

describeStores('SimulatePrincipalPolicy', (openStore) => {
  it('says which statement allows, and why it does not elsewhere, by the tags that resources have', async () => {
    await using db = await openStore()
    const { api, simulate } = await openSimulator(db)
    await using _api = api
    expect(await simulate({ ResourceArns: [NODE, OTHER] })).toEqual({
      IsTruncated: false,
      EvaluationResults: [
        {
          ...{ EvalActionName: SEND, EvalResourceName: NODE, EvalDecision: 'allowed', MissingContextValues: [] },
          MatchedStatements: [{ SourcePolicyId: 'dev', SourcePolicyType: 'user', StatementNumber: 1, Sid: 'Dev' }],
          Sentence: `The statement Dev (number 1) of the policy dev allows ${SEND} on ${NODE}.`,
        },
        {
          ...{ EvalActionName: SEND, EvalResourceName: OTHER, EvalDecision: 'implicitDeny', MatchedStatements: [] },
          MissingContextValues: ['ssm:resourceTag/Env'],
          Sentence: `Nothing allows ${SEND} on ${OTHER}: the statement Dev (number 1) of the policy dev would, but only where StringEquals holds for ssm:resourceTag/Env and dev, and ssm:resourceTag/Env is not known here.`,
        },
      ],
    })
  })

  it('believes what the request says of its context before all else', async () => {
    await using db = await openStore()
    const { api, simulate } = await openSimulator(db)
    await using _api = api
    const env = (value: string) => [
      { ContextKeyName: 'SSM:resourceTag/env', ContextKeyValues: [value], ContextKeyType: 'string' },
    ]
    const decided = async (arn: string, value: string) =>
      (await simulate({ ResourceArns: [arn], ContextEntries: env(value) })).EvaluationResults[0]?.EvalDecision
    expect([await decided(NODE, 'prod'), await decided(OTHER, 'dev')]).toEqual(['implicitDeny', 'allowed'])
  })

  it('counts groups, ready-made policies and policies that are only tried out', async () => {
    await using db = await openStore()
    const { api, simulate } = await openSimulator(db)
    await using _api = api
    await db.write(async (tx) => {
      await insertGroup(tx, { id: 'AGPAOPS', name: 'ops', path: '/', createdAt: START })
      await addMember(tx, 'AGPAOPS', 'AIDAANN')
      await putInline(tx, 'AGPAOPS', { name: 'docs', document: policy({ ...DEV, Action: 'ssm:GetDocument' }) })
      await attach(tx, 'AIDAANN', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess')
    })
    const sourceOf = async (action: string, input: object = {}) =>
      (await simulate({ ActionNames: [action], ResourceArns: [NODE], ...input })).EvaluationResults[0]
        ?.MatchedStatements
    expect(await sourceOf('ssm:GetDocument')).toMatchObject([{ SourcePolicyId: 'docs', SourcePolicyType: 'group' }])
    expect(await sourceOf('iam:GetUser')).toMatchObject([
      { SourcePolicyId: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess', SourcePolicyType: 'aws-managed' },
    ])
    const PolicyInputList = [policy({ Effect: 'Deny', Action: '*', Resource: '*' })]
    expect(await sourceOf(SEND, { PolicyInputList })).toMatchObject([
      { SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'none' },
    ])
  })

  it('answers in pages, whose markers are good for the same question only', async () => {
    await using db = await openStore()
    const { api, simulate, ask } = await openSimulator(db)
    await using _api = api
    const input = { ActionNames: [SEND, 'ssm:GetDocument'], ResourceArns: [NODE, OTHER], MaxItems: 3 }
    const first = await simulate(input)
    const second = await simulate({ ...input, Marker: first.Marker })
    expect(
      [first, second].map(({ EvaluationResults, IsTruncated }) => [EvaluationResults.length, IsTruncated]),
    ).toEqual([
      [3, true],
      [1, false],
    ])
    const other = { PolicySourceArn: ANN, ActionNames: [SEND], Marker: first.Marker }
    expect(await ask('SimulatePrincipalPolicy', other)).toMatchObject({ json: { __type: 'ValidationException' } })
  })

  it('refuses principals that are not there and policies that cannot be read', async () => {
    await using db = await openStore()
    const { api, ask } = await openSimulator(db)
    await using _api = api
    const refusals = [
      [
        { PolicySourceArn: `arn:aws:iam::${HOME.accountId}:user/ann` },
        'NoSuchEntity',
        'The user with name ann cannot be found.',
      ],
      [
        { PolicySourceArn: `arn:aws:iam::${HOME.accountId}:role/nobody` },
        'NoSuchEntity',
        'The role with name nobody cannot be found.',
      ],
      [
        { PolicySourceArn: 'arn:aws:iam::999999999999:user/ann' },
        'InvalidInput',
        'Invalid principal: arn:aws:iam::999999999999:user/ann',
      ],
      [{ PolicyInputList: ['{}'] }, 'InvalidInput', 'PolicyInputList.1: Missing required field Statement. (Statement)'],
    ] as const
    for (const [input, code, message] of refusals) {
      const answer = await ask('SimulatePrincipalPolicy', { PolicySourceArn: ANN, ActionNames: [SEND], ...input })
      expect(answer.json).toEqual({ __type: code, message })
    }
  })
})

describeStores('SimulateCustomPolicy', (openStore) => {
  it('decides by the policies that it is given, with an explicit Deny before an Allow', async () => {
    await using db = await openStore()
    const { api, ask } = await openSimulator(db)
    await using _api = api
    const PolicyInputList = [
      policy({ Effect: 'Allow', Action: 'ssm:*', Resource: '*' }),
      policy({ ...DEV, Effect: 'Deny' }),
    ]
    const { json } = await ask('SimulateCustomPolicy', {
      PolicyInputList,
      ActionNames: [SEND],
      ResourceArns: [NODE, OTHER],
    })
    const decisions = json.EvaluationResults.map((result: { EvalDecision: string }) => result.EvalDecision)
    expect(decisions).toEqual(['explicitDeny', 'allowed'])
  })
})
