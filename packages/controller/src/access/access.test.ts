import { createManualClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createApi, operation } from '#api/index.ts'
import { START, startTestApi } from '#api/testing/start-api.ts'
import { createAudit } from '#audit/index.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createSeededIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'
import { createAccess, initialiseAccess, isInitialised, NODE_ROLE, nodeCaller } from './index.ts'

const HOME = { accountId: '210987654321', region: 'us-east-1' }
const NODE_ID = 'mi-0123456789abcdef0'

function world(db: Database, seed = 1) {
  const sealer = createSealer(new Uint8Array(32).fill(9))
  return { db, sealer, ids: createSeededIds(seed), clock: createManualClock(START), home: HOME }
}

async function started(db: Database) {
  const deps = world(db)
  const { accountId, newRootKey } = await initialiseAccess(deps)
  const home = { ...HOME, accountId }
  if (!newRootKey) throw new Error('a fresh store has a new key')
  return { ...deps, home, key: newRootKey, access: createAccess({ ...deps, home }) }
}

describeStores('initialising access', (openStore) => {
  it('makes account, role and root key once, and shows the secret only then', async () => {
    await using db = await openStore()
    const first = await initialiseAccess(world(db))
    expect(first.accountId).toMatch(/^[1-9]\d{11}$/)
    expect(first.newRootKey?.id).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(first.newRootKey?.secret).toHaveLength(40)
    expect(await initialiseAccess(world(db, 2))).toEqual({ accountId: first.accountId })
    const role = await createAccess(world(db)).findRole(db.read, NODE_ROLE)
    expect(role?.id).toMatch(/^AROA[A-Z2-7]{17}$/)
  })

  it('takes account id and root key as given, also another secret later', async () => {
    await using db = await openStore()
    const given = (secret: string) => ({ accountId: HOME.accountId, rootKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret } })
    const { clock, ...deps } = world(db)
    expect(await initialiseAccess({ ...deps, clock }, given('the-first-secret'))).toEqual({ accountId: HOME.accountId })
    const access = createAccess({ ...deps, clock })
    expect(await access.findAccessKey('AKIAIOSFODNN7EXAMPLE')).toMatchObject({ secret: 'the-first-secret' })
    await initialiseAccess({ ...deps, clock }, given('the-other-secret'))
    clock.advance(30_000)
    expect(await access.findAccessKey('AKIAIOSFODNN7EXAMPLE')).toMatchObject({
      secret: 'the-other-secret',
      principal: { kind: 'root', arn: `arn:aws:iam::${HOME.accountId}:root` },
    })
  })

  it('refuses another account id, and values that are not usable', async () => {
    await using db = await openStore()
    await initialiseAccess(world(db), { accountId: HOME.accountId })
    const initialise = (options: Parameters<typeof initialiseAccess>[1]) => initialiseAccess(world(db), options)
    await expect(initialise({ accountId: '111111111111' })).rejects.toThrow('belongs to account 210987654321')
    await expect(initialise({ accountId: '1' })).rejects.toThrow('12 digits')
    await expect(initialise({ rootKey: { id: 'A', secret: 'x'.repeat(40) } })).rejects.toThrow('access key id')
    const short = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'short' }
    await expect(initialise({ rootKey: short })).rejects.toThrow('secret access key')
  })
})

describeStores('the master key', (openStore) => {
  it('is refused when it is not the one that the store was sealed with, also with a root key given', async () => {
    await using db = await openStore()
    expect(await isInitialised(db.read)).toBe(false)
    const own = world(db)
    await initialiseAccess(own)
    expect(await isInitialised(db.read)).toBe(true)
    const other = { ...own, sealer: createSealer(new Uint8Array(32).fill(8)) }
    const rootKey = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'x'.repeat(40) }
    await expect(initialiseAccess(other)).rejects.toThrow('The master key is not the one')
    await expect(initialiseAccess(other, { rootKey })).rejects.toThrow('The master key is not the one')
    await initialiseAccess(own, { rootKey })
  })
})

describeStores('access', (openStore) => {
  it('lets the root key sign, and nobody with an unknown key', async () => {
    await using db = await openStore()
    const { access, key, home, clock } = await started(db)
    await using api = await startTestApi({ db, access, home, clock, operations: [listing] })
    const call = (signing: { id: string; secret: string }) => api.post(LIST, LIST_INPUT, { key: signing })
    expect((await call(key)).status).toBe(200)
    expect((await call({ ...key, secret: 'x' })).json['__type']).toBe('InvalidSignatureException')
    expect((await call({ ...key, id: 'AKIAUNKNOWN' })).json['__type']).toBe('UnrecognizedClientException')
  })

  it('keeps no secret and no token readable in the store', async () => {
    await using db = await openStore()
    const { access, key, home } = await started(db)
    const token = await db.write((tx) => access.createBearer(tx, { principalId: home.accountId, purpose: 'cli' }))
    const tables = db.read.withTables<{
      access_key: { secret_sealed: Uint8Array }
      access_bearer_token: { token_mac: string }
    }>()
    const keys = await tables.selectFrom('access_key').selectAll().execute()
    const tokens = await tables.selectFrom('access_bearer_token').selectAll().execute()
    expect(Buffer.from(keys[0]?.secret_sealed ?? []).toString('latin1')).not.toContain(key.secret)
    expect(JSON.stringify(tokens)).not.toContain(token)
    expect(tokens).toHaveLength(1)
  })

  it('takes a bearer token until it ends or is revoked', async () => {
    await using db = await openStore()
    const { access, home, clock } = await started(db)
    await using api = await startTestApi({ db, access, home, clock, operations: [listing] })
    const create = (expiresAt?: number) =>
      db.write((tx) =>
        access.createBearer(tx, {
          principalId: home.accountId,
          purpose: 'cli',
          ...(expiresAt === undefined ? {} : { expiresAt }),
        }),
      )
    const call = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const body = JSON.stringify(LIST_INPUT)
      return (await api.fetch('/api/ListTagsForResource', { method: 'POST', headers, body })).status
    }
    const [lasting, ending] = [await create(), await create(START + 60_000)]
    expect([await call(lasting), await call(ending), await call('muster_other')]).toEqual([200, 200, 400])
    clock.advance(60_000)
    expect([await call(lasting), await call(ending)]).toEqual([200, 400])
    await db.write((tx) => access.revokeBearer(tx, lasting))
    expect(await call(lasting)).toBe(400)
  })

  it('finds a role by name and by ARN of this account, and no other', async () => {
    await using db = await openStore()
    const { access, home } = await started(db)
    const find = async (reference: string) => (await access.findRole(db.read, reference))?.name
    expect(await find('MusterNode')).toBe('MusterNode')
    expect(await find('service-role/MusterNode')).toBe('MusterNode')
    expect(await find(`arn:aws:iam::${home.accountId}:role/MusterNode`)).toBe('MusterNode')
    expect(await find(`arn:aws:iam::${home.accountId}:role/service-role/MusterNode`)).toBe('MusterNode')
    for (const other of [
      'Other',
      '',
      'arn:aws:iam::000000000000:role/MusterNode',
      'arn:aws:iam::x',
      'a/',
      'mustErnode',
    ])
      expect(await find(other)).toBeUndefined()
  })

  it('notes when a key was used, and removes tokens that ended', async () => {
    await using db = await openStore()
    const { access, key, home, clock } = await started(db)
    await access.findAccessKey(key.id)
    const soon = { principalId: home.accountId, purpose: 'cli', expiresAt: START + 1 }
    await db.write((tx) => access.createBearer(tx, soon))
    clock.advance(1)
    for (const sweep of access.sweeps) await sweep.run(new AbortController().signal)
    const tables = db.read.withTables<{
      access_key: { last_used_at: number | null }
      access_bearer_token: { token_mac: string }
    }>()
    expect(await tables.selectFrom('access_key').select('last_used_at').execute()).toEqual([{ last_used_at: START }])
    expect(await tables.selectFrom('access_bearer_token').selectAll().execute()).toEqual([])
  })

  it('refuses a node what is not its own with the text of the service, and writes that down (row 10)', async () => {
    await using db = await openStore()
    const { access, home, ids, clock, sealer } = await started(db)
    await using api = createApi({
      ...{
        db,
        access,
        audit: createAudit({
          db,
          sealer,
          clock,
          ids,
          log: silentLog,
          metrics: createMetrics(),
          controllerId: 'controller-1',
        }),
        home,
        ids,
        clock,
        sealer,
        log: silentLog,
        metrics: createMetrics(),
      },
      ...{ operations: [listing, sending], routes: [], regionAliases: [] },
    })
    const role = await access.findRole(db.read, NODE_ROLE)
    const caller = nodeCaller(home, { nodeId: NODE_ID, roleId: role?.id ?? '', roleName: NODE_ROLE }, 'link')
    const call = async (name: string, input: object) => {
      const { status, body } = await api.call(caller, name, Buffer.from(JSON.stringify(input)))
      return { status, body: JSON.parse(body) }
    }
    const arn = `arn:aws:sts::${home.accountId}:assumed-role/MusterNode/${NODE_ID}`
    const action = 'ssm:SendCommand'
    expect(await call('SendCommand', { DocumentName: 'AWS-RunShellScript' })).toEqual({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        Message: `User: ${arn} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`,
      },
    })
    const trail = await db.read.withTables<{ audit_event: object }>().selectFrom('audit_event').selectAll().execute()
    expect(trail).toMatchObject([
      {
        principal_id: `${role?.id}:${NODE_ID}`,
        principal_arn: arn,
        source: 'link',
        operation: 'SendCommand',
        action,
        resources: '["*"]',
        decision: 'Denied',
        result: 'AccessDeniedException',
      },
    ])
    expect((await call('ListTagsForResource', { ...LIST_INPUT, ResourceId: NODE_ID })).status).toBe(200)
    expect((await call('ListTagsForResource', LIST_INPUT)).status).toBe(400)
  })
})

const LIST = 'AmazonSSM.ListTagsForResource'
const LIST_INPUT = { ResourceType: 'ManagedInstance', ResourceId: 'mi-ffffffffffffffff0' }
const listing = operation('ListTagsForResource', {
  kind: 'read',
  access: {
    action: 'ssm:ListTagsForResource',
    resources: (input, { accountId }) => [`arn:aws:ssm:us-east-1:${accountId}:managed-instance/${input.ResourceId}`],
  },
  handle: async () => ({ TagList: [] }),
})
const sending = operation('SendCommand', {
  kind: 'write',
  access: { action: 'ssm:SendCommand', resources: () => ['*'] },
  handle: async () => ({}),
})
