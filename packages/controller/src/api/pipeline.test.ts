import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { Operation } from './operation.ts'
import { operation } from './operation.ts'
import { meta, ROOT, startTestApi } from './testing/start-api.ts'

/** Writes one row a call: what is committed can be counted. */
const writing = (ran: string[] = []): Operation =>
  operation('AddTagsToResource', {
    kind: 'write',
    access: { action: 'ssm:AddTagsToResource', resources: (input) => [input.ResourceId] },
    async handle(tx, input, { refuse, requestId, afterCommit }) {
      ran.push(input.ResourceId)
      const known = await meta(tx)
        .selectFrom('meta')
        .select('key')
        .where('key', '=', input.ResourceId)
        .executeTakeFirst()
      if (known) throw refuse('TooManyTagsError', 'there already')
      await meta(tx).insertInto('meta').values({ key: input.ResourceId, value: requestId }).execute()
      afterCommit(() => ran.push('news'))
      if (input.ResourceId === 'bug') throw new Error('a secret of the inside')
      return {}
    },
  })

const reading = operation('ListTagsForResource', {
  kind: 'read',
  access: { action: 'ssm:ListTagsForResource', resources: (input) => [input.ResourceId] },
  async handle(_db, input) {
    return { TagList: [{ Key: 'id', Value: input.ResourceId }] }
  },
})

/** Resolves targets, and authorises them only when told to. */
const resolving = operation('DeregisterManagedInstance', {
  kind: 'write',
  access: { action: 'ssm:DeregisterManagedInstance', resources: () => [], resolves: 'nodes' },
  async handle(_tx, input, { authorise, refuse }) {
    if (input.InstanceId.endsWith('0')) return {}
    const { denied } = await authorise(['allowed', 'forbidden'])
    if (input.InstanceId.endsWith('2')) throw refuse('AccessDeniedException', [...denied.values()].join())
    throw refuse('InvalidInstanceId', [...denied.keys()].join())
  },
})

const ADD = 'AmazonSSM.AddTagsToResource'
const tagging = (ResourceId: string) => ({ ResourceType: 'Document', ResourceId, Tags: [{ Key: 'a', Value: 'b' }] })
const INVOCATION = { headers: { 'amz-sdk-invocation-id': 'c0ffee00-0000-4000-8000-000000000000' } }

describeStores('the pipeline', (openStore) => {
  it('answers a read without writing anything', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [reading] })
    const input = { ResourceType: 'Document', ResourceId: 'x' }
    const reply = await api.post('AmazonSSM.ListTagsForResource', input)
    expect(reply.json).toEqual({ TagList: [{ Key: 'id', Value: 'x' }] })
    expect(await api.audit()).toEqual([])
  })

  it('commits change, audit row and first answer together, then spreads the news', async () => {
    await using db = await openStore()
    const ran: string[] = []
    await using api = await startTestApi({ db, operations: [writing(ran)] })
    const reply = await api.post(ADD, tagging('one'), INVOCATION)
    expect(reply.status).toBe(200)
    expect(ran).toEqual(['one', 'news'])
    expect(await api.audit()).toMatchObject([
      {
        requestId: reply.headers.get('x-amzn-requestid'),
        operation: 'AddTagsToResource',
        action: 'ssm:AddTagsToResource',
        resources: ['one'],
        decision: 'Allowed',
        result: 'OK',
        caller: { id: ROOT.id, source: '127.0.0.1' },
        parametersMac: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  it('gathers once and before the transaction, and begins none when that is refused', async () => {
    await using db = await openStore()
    const ran: string[] = []
    const gathering = operation('AddTagsToResource', {
      kind: 'write',
      access: { action: 'ssm:AddTagsToResource', resources: () => ['*'] },
      async gather(_db, { ResourceId }, { refuse }) {
        ran.push('gather')
        if (ResourceId === 'none') throw refuse('InvalidResourceId')
        return `gathered for ${ResourceId}`
      },
      async handle(_tx, _input, _context, gathered) {
        ran.push(gathered)
        return {}
      },
    })
    await using api = await startTestApi({ db, operations: [gathering] })
    expect((await api.post(ADD, tagging('one'))).status).toBe(200)
    expect((await api.post(ADD, tagging('none'))).json['__type']).toBe('InvalidResourceId')
    expect(ran).toEqual(['gather', 'gathered for one', 'gather'])
    expect(await api.audit()).toHaveLength(1)
  })

  it('leaves nothing of a request that a modelled error refused', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [writing()] })
    await api.post(ADD, tagging('one'))
    const reply = await api.post(ADD, tagging('one'))
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({ __type: 'TooManyTagsError' })
    expect(await api.audit()).toHaveLength(1)
  })

  it.each([
    ['AddTagsToResource', tagging('one'), 'TooManyUpdates'],
    ['DeregisterManagedInstance', { InstanceId: 'mi-00000000000000000' }, 'ThrottlingException'],
  ] as const)('asks for another try of %s where other writers were faster each time', async (name, input, code) => {
    await using db = await openStore()
    const losing = operation(name, {
      kind: 'write',
      access: { action: 'ssm:Any', resources: () => ['*'] },
      async handle() {
        throw Object.assign(new Error('could not serialize access'), { severity: 'ERROR', code: '40001' })
      },
    })
    await using api = await startTestApi({ db, operations: [losing] })
    const reply = await api.post(`AmazonSSM.${name}`, input)
    expect([reply.status, reply.json['__type']]).toEqual([400, code])
  })

  it('rolls back, logs once with the request id, and hides an unexpected error', async () => {
    await using db = await openStore()
    const ran: string[] = []
    await using api = await startTestApi({ db, operations: [writing(ran)] })
    const reply = await api.post(ADD, tagging('bug'))
    expect(ran).toEqual(['bug'])
    const requestId = reply.headers.get('x-amzn-requestid')
    expect(reply.status).toBe(500)
    expect(reply.json['__type']).toBe('InternalServerError')
    expect(reply.text).toContain(requestId)
    expect(reply.text).not.toContain('secret')
    expect(api.logged).toMatchObject([{ level: 'error', requestId, err: { message: 'a secret of the inside' } }])
    const left = await meta(db.read).selectFrom('meta').select('key').where('key', '=', 'bug').execute()
    expect(left).toEqual([])
    expect(await api.audit()).toEqual([])
  })

  it('gives a repeated invocation its first answer and does nothing again', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [writing()] })
    const first = await api.post(ADD, tagging('one'), INVOCATION)
    // Without the first answer the second would be refused: the row is there.
    const second = await api.post(ADD, tagging('one'), INVOCATION)
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.text).toBe(first.text)
    expect(await api.audit()).toHaveLength(1)
  })

  it('gives equal requests that come at once the same answer', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [writing()] })
    const replies = await Promise.all([1, 2, 3].map(() => api.post(ADD, tagging('one'), INVOCATION)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await api.audit()).toHaveLength(1)
  })

  it('runs equal requests at two controllers of one store only once', async () => {
    await using db = await openStore()
    await using a = await startTestApi({ db, operations: [writing()] })
    await using b = await startTestApi({ db, operations: [writing()] })
    const replies = await Promise.all([a, b].map((api) => api.post(ADD, tagging('one'), INVOCATION)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200])
    expect(await a.audit()).toHaveLength(1)
  })

  it('runs another body, and a request without invocation id, as a request of its own', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [writing()] })
    await api.post(ADD, tagging('one'), INVOCATION)
    expect((await api.post(ADD, tagging('two'), INVOCATION)).status).toBe(200)
    expect((await api.post(ADD, tagging('one'))).json).toEqual({ __type: 'TooManyTagsError' })
  })

  it('keeps first answers sealed, and forgets them after a day', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [writing()] })
    await api.post(ADD, tagging('one'), INVOCATION)
    const answers = await db.read
      .withTables<{ api_answer: { answer_sealed: Uint8Array } }>()
      .selectFrom('api_answer')
      .select('answer_sealed')
      .execute()
    expect(answers).toHaveLength(1)
    expect(Buffer.from(answers[0]?.answer_sealed ?? []).toString('latin1')).not.toContain('{}')
    const prune = api.api.sweeps.find(({ name }) => name === 'api.prune-answers')
    api.clock.advance(24 * 3_600_000 - 1)
    await prune?.run(new AbortController().signal)
    expect((await api.post(ADD, tagging('one'), INVOCATION)).status).toBe(200)
    api.clock.advance(1)
    await prune?.run(new AbortController().signal)
    expect((await api.post(ADD, tagging('one'), INVOCATION)).json).toEqual({ __type: 'TooManyTagsError' })
  })

  it('refuses what the caller may not do before anything runs, and writes that down', async () => {
    await using db = await openStore()
    const ran: string[] = []
    await using api = await startTestApi({ db, operations: [writing(ran)] })
    const reply = await api.post(ADD, tagging('forbidden'))
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({
      __type: 'AccessDeniedException',
      Message: 'no ssm:AddTagsToResource on forbidden',
    })
    expect(ran).toEqual([])
    expect(await api.audit()).toMatchObject([{ decision: 'Denied', result: 'AccessDeniedException' }])
  })

  it('writes down who was refused what an operation resolved, although nothing else of it stays', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [resolving] })
    const reply = await api.post('AmazonSSM.DeregisterManagedInstance', { InstanceId: 'mi-00000000000000002' })
    expect(reply.json['__type']).toBe('AccessDeniedException')
    expect(await api.audit()).toMatchObject([
      { decision: 'Denied', result: 'AccessDeniedException', resources: ['forbidden'] },
    ])
  })

  it('fails an operation that answers without authorising what it resolved', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [resolving] })
    const target = 'AmazonSSM.DeregisterManagedInstance'
    const forgot = await api.post(target, { InstanceId: 'mi-00000000000000000' })
    expect(forgot.json['__type']).toBe('InternalServerError')
    expect(api.logged).toMatchObject([{ err: { message: expect.stringContaining('without authorising') } }])
    const decided = await api.post(target, { InstanceId: 'mi-00000000000000001' })
    expect(decided.json).toEqual({ __type: 'InvalidInstanceId', Message: 'forbidden' })
  })

  it('fails an operation whose answer does not have the shape of the model', async () => {
    await using db = await openStore()
    const wrong = operation('ListTagsForResource', {
      kind: 'read',
      access: { action: 'ssm:ListTagsForResource', resources: () => [] },
      handle: async () => ({ TagList: 'none' }) as never,
    })
    await using api = await startTestApi({ db, operations: [wrong] })
    const reply = await api.post('AmazonSSM.ListTagsForResource', { ResourceType: 'Document', ResourceId: 'x' })
    expect(reply.json['__type']).toBe('InternalServerError')
  })

  it('ends a handler at the deadline: the signal fires and a write is rolled back', async () => {
    await using db = await openStore()
    const slow = operation('AddTagsToResource', {
      kind: 'write',
      access: { action: 'ssm:AddTagsToResource', resources: () => [] },
      async handle(tx, input, { signal }) {
        await meta(tx).insertInto('meta').values({ key: input.ResourceId, value: '' }).execute()
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        return {}
      },
    })
    await using api = await startTestApi({ db, operations: [slow], deadlineMs: 50 })
    const reply = await api.post(ADD, tagging('slow'))
    expect(reply.status).toBe(503)
    expect(reply.json['__type']).toBe('ServiceUnavailable')
    // The next write waits for the one that is rolled back.
    await db.write(async () => {})
    expect(await meta(db.read).selectFrom('meta').select('key').where('key', '=', 'slow').execute()).toEqual([])
  })

  it('tells a handler that its client went away', async () => {
    await using db = await openStore()
    const gone = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const waiting = operation('ListTagsForResource', {
      kind: 'read',
      access: { action: 'ssm:ListTagsForResource', resources: () => [] },
      async handle(_db, _input, { signal }) {
        started.resolve()
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        gone.resolve()
        return {}
      },
    })
    await using api = await startTestApi({ db, operations: [waiting] })
    const client = new AbortController()
    const input = { ResourceType: 'Document', ResourceId: 'x' }
    const reply = api.post('AmazonSSM.ListTagsForResource', input, { signal: client.signal }).catch(() => 'aborted')
    await started.promise
    client.abort()
    expect(await reply).toBe('aborted')
    await gone.promise
  })

  it('ends the calls under way when the API closes', async () => {
    await using db = await openStore()
    const started = Promise.withResolvers<void>()
    const waiting = operation('ListTagsForResource', {
      kind: 'read',
      access: { action: 'ssm:ListTagsForResource', resources: () => [] },
      async handle(_db, _input, { signal }) {
        started.resolve()
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        return {}
      },
    })
    await using api = await startTestApi({ db, operations: [waiting] })
    const reply = api.post('AmazonSSM.ListTagsForResource', { ResourceType: 'Document', ResourceId: 'x' })
    await started.promise
    api.api.endCalls()
    expect((await reply).json['__type']).toBe('ServiceUnavailable')
    expect(api.logged).toEqual([])
  })

  it('refuses to start with two operations of one name', async () => {
    await using db = await openStore()
    await expect(startTestApi({ db, operations: [reading, reading] })).rejects.toThrow('two slices declare')
  })

  it('takes a call of a node without HTTP through the same steps', async () => {
    await using db = await openStore()
    await using api = await startTestApi({ db, operations: [reading] })
    const caller = { ...ROOT, source: 'link' }
    const call = async (name: string, input: object) => {
      const answer = await api.api.call(caller, name, Buffer.from(JSON.stringify(input)))
      return { status: answer.status, body: JSON.parse(answer.body) }
    }
    expect(await call('ListTagsForResource', { ResourceType: 'Document', ResourceId: 'x' })).toEqual({
      status: 200,
      body: { TagList: [{ Key: 'id', Value: 'x' }] },
    })
    expect(await call('ListTagsForResource', {})).toMatchObject({
      status: 400,
      body: { __type: 'ValidationException' },
    })
    expect(await call('Nonsense', {})).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
  })
})
