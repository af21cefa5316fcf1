import { expect, test } from 'vitest'
import { type Condition, parseNodeFilter } from './filter.ts'
import { informationKeys, nodeKeys, propertyKeys, queryKeys } from './filter-keys.ts'

const home = { accountId: '123456789012', region: 'us-east-1' }
const everything = { fields: [], tags: [], withoutTags: [], nothing: false }
const properties = (...conditions: Condition[]) => parseNodeFilter(propertyKeys, conditions)

test('conditions of a filter are all met at once', () => {
  expect(
    parseNodeFilter(informationKeys, [
      { key: 'tag:a', values: ['1'] },
      { key: 'tag:b', values: ['2'] },
      { key: 'SourceTypes', values: ['AWS::EC2::Instance'] },
    ]),
  ).toEqual({
    ok: true,
    filter: {
      ...everything,
      tags: [
        { keys: ['a'], values: ['1'] },
        { keys: ['b'], values: ['2'] },
      ],
      nothing: true,
    },
  })
})

test('what is the same for every node is met by all or by none', () => {
  const nothing = (operator: Condition['operator'], ...values: string[]) => {
    const parsed = parseNodeFilter(nodeKeys(home), [{ key: 'Region', operator, values }])
    return parsed.ok && parsed.filter.nothing
  }
  expect(nothing('Equal', 'eu-west-1', 'us-east-1')).toBe(false)
  expect(nothing('Equal', 'eu-west-1')).toBe(true)
  expect(nothing('NotEqual', 'us-east-1')).toBe(true)
  expect(nothing('NotEqual', 'eu-west-1')).toBe(false)
  expect(nothing('BeginWith', 'us-')).toBe(false)
  expect(nothing('BeginWith', 'eu-')).toBe(true)
})

test('what no node has is met by NotEqual alone', () => {
  const nothing = (operator: Condition['operator']) => {
    const parsed = parseNodeFilter(nodeKeys(home), [{ key: 'AvailabilityZone', operator, values: [''] }])
    return parsed.ok && parsed.filter.nothing
  }
  expect([nothing('Equal'), nothing('BeginWith'), nothing('NotEqual')]).toEqual([true, true, false])
})

test('the state of a link is narrowed to the states whose words meet the operator', () => {
  const states = (operator: Condition['operator'], ...values: string[]) => {
    const parsed = properties({ key: 'PingStatus', operator, values })
    return parsed.ok ? parsed.filter.pingStatuses : parsed.text
  }
  expect(states('NotEqual', 'Online')).toEqual(['ConnectionLost', 'Inactive'])
  expect(states('BeginWith', 'Con', 'On')).toEqual(['Online', 'ConnectionLost'])
  expect(states('BeginWith', 'X')).toEqual([])
  expect(states('LessThan', 'Online')).toBe('The filter PingStatus cannot be asked with LessThan Online.')
})

test('an order is asked of versions and times alone, and of one value', () => {
  const problem = (key: string, ...values: string[]) => {
    const parsed = parseNodeFilter(queryKeys(home), [{ key, operator: 'GreaterThan', values }])
    return parsed.ok ? undefined : parsed.problem
  }
  expect(problem('AgentVersion', '1.0.0')).toBeUndefined()
  expect(problem('AgentVersion', '1.0.0', '2.0.0')).toBe('value')
  expect(problem('IamRole', 'a')).toBe('value')
  expect(problem('tag:env', 'a')).toBe('value')
  expect(problem('RegistrationDate', '2026-11-24T12:00:00Z')).toBeUndefined()
  expect(problem('RegistrationDate', 'yesterday')).toBe('value')
})
