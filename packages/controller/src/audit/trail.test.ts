import { expect, test } from 'vitest'
import type { AuditEvent } from '#api/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { Caller } from '#kit/identity.ts'
import { openStand, START, type Stand } from '#tags/testing/stand.ts'

const HOUR = 3_600_000
const NODE = 'arn:aws:ssm:us-east-1:123456789012:managed-instance/mi-0123456789abcdef0'
const nobody: Caller = {
  kind: 'role',
  id: 'AROAROLEROLEROLEROLE1:night',
  arn: 'arn:aws:sts::123456789012:assumed-role/Batch/night',
  accountId: '123456789012',
  source: '192.0.2.9',
}

const event = (stand: Stand, more: Partial<AuditEvent>): AuditEvent => ({
  ...{ at: stand.clock.now(), requestId: 'r', caller: stand.root, operation: 'Try', action: 'ssm:Try' },
  ...{ resources: ['*'], decision: 'Allowed', result: 'OK' },
  ...more,
})

const noted = async (stand: Stand, count: number, more: (index: number) => Partial<AuditEvent>) => {
  await Promise.all(Array.from({ length: count }, (_, index) => stand.audit.note(event(stand, more(index)))))
}

describeStores('the audit trail', (openStore) => {
  test('shows a change with who made it, from where, on what, and how it ended', async () => {
    await using stand = await openStand(await openStore())
    const input = { ResourceType: 'Document', ResourceId: 'none', Tags: [{ Key: 'a', Value: 'b' }] } as const
    await stand.refused('AddTagsToResource', input)
    await stand.audit.note(event(stand, { caller: nobody, resources: [NODE], result: 'OK' }))
    const { Events } = await stand.call('ListAuditEvents', {})
    expect(Events).toEqual([
      {
        ...{ EventId: 1, Time: START / 1000, Operation: 'Try', Action: 'ssm:Try', Decision: 'Allowed', Result: 'OK' },
        ...{ PrincipalId: nobody.id, PrincipalArn: nobody.arn, Session: 'night', SourceAddress: '192.0.2.9' },
        ...{ Resources: [NODE], RequestId: 'r' },
      },
    ])
  })

  test('says why a call was denied', async () => {
    await using stand = await openStand(await openStore())
    const refusal = await stand.refused('ListAuditEvents', {}, nobody)
    expect(refusal.code).toBe('AccessDeniedException')
    const { Events } = await stand.call('ListAuditEvents', { Decision: 'Denied' })
    expect(Events).toMatchObject([
      { Operation: 'ListAuditEvents', Action: 'audit:ListEvents', Result: 'AccessDeniedException' },
    ])
    expect(Events[0]?.Why).toMatch(/audit:ListEvents/)
  })

  test('is paged from the newest on, each line once', async () => {
    await using stand = await openStand(await openStore())
    await noted(stand, 25, (index) => ({ requestId: `r${index}` }))
    const seen: string[] = []
    let token: string | undefined
    do {
      const page = await stand.call('ListAuditEvents', { MaxResults: 10, ...(token && { NextToken: token }) })
      seen.push(...page.Events.map(({ RequestId }) => RequestId))
      token = page.NextToken
    } while (token !== undefined)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `r${24 - index}`))
  })

  test.each([
    ['PrincipalArn', nobody.arn, { caller: nobody }],
    ['Operation', 'Other', { operation: 'Other' }],
    ['Action', 'ssm:Other', { action: 'ssm:Other' }],
    ['Resource', NODE, { resources: ['*', NODE] }],
    ['Decision', 'Denied', { decision: 'Denied' }],
    ['Result', 'Throttled', { result: 'Throttled' }],
    ['RequestId', 'r-1', { requestId: 'r-1' }],
  ] as const)('is filtered by %s', async (member, value, more) => {
    await using stand = await openStand(await openStore())
    await noted(stand, 3, (index) => (index === 1 ? more : { resources: [`${NODE}1`] }))
    const { Events } = await stand.call('ListAuditEvents', { [member]: value })
    expect(Events.map(({ EventId }) => EventId)).toEqual([2])
  })

  test('is cut to a time, whatever lies before and after', async () => {
    await using stand = await openStand(await openStore())
    for (let hour = 0; hour < 12; hour++) {
      await noted(stand, 3, () => ({ requestId: `h${hour}` }))
      await stand.clock.advance(HOUR)
    }
    const at = (hour: number): number => (START + hour * HOUR) / 1000
    const { Events, NextToken } = await stand.call('ListAuditEvents', { StartTime: at(4), EndTime: at(5) })
    expect(Events.map(({ RequestId }) => RequestId)).toEqual(['h5', 'h5', 'h5', 'h4', 'h4', 'h4'])
    expect(NextToken).toBeUndefined()
  })

  test('refuses a token of another list and times that are crossed', async () => {
    await using stand = await openStand(await openStore())
    await noted(stand, 3, () => ({}))
    const { NextToken } = await stand.call('ListAuditEvents', { MaxResults: 1 })
    expect(await stand.refused('ListAuditEvents', { Operation: 'Try', NextToken })).toEqual({
      code: 'InvalidNextToken',
      text: 'The token does not continue this list.',
    })
    expect(await stand.refused('ListAuditEvents', { StartTime: 2, EndTime: 1 })).toEqual({
      code: 'InvalidParameters',
      text: 'StartTime is later than EndTime.',
    })
  })
})
