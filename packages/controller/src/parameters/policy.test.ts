import { expect, test } from 'vitest'
import { carryPolicies, parsePolicies } from './policy.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const HOUR = 3_600_000
const expiration = { Type: 'Expiration', Version: '1.0', Attributes: { Timestamp: '2026-11-25T12:00:00.000Z' } }
const before = { Type: 'ExpirationNotification', Version: '1.0', Attributes: { Before: '3', Unit: 'Hours' } }
const noChange = { Type: 'NoChangeNotification', Version: '1.0', Attributes: { After: '2', Unit: 'Days' } }
const withAttributes = (policy: object, Attributes: unknown) => ({ ...policy, Attributes })

const parse = (value: unknown) => parsePolicies(typeof value === 'string' ? value : JSON.stringify(value), NOW)
const codeOf = (value: unknown) => {
  const parsed = parse(value)
  return parsed.ok ? 'ok' : parsed.code
}

test('each policy is due at its time', () => {
  const parsed = parse([noChange, before, expiration])
  expect(parsed.ok && parsed.policies.map(({ type, dueAt }) => [type, (dueAt - NOW) / HOUR])).toEqual([
    ['NoChangeNotification', 48],
    ['ExpirationNotification', 21],
    ['Expiration', 24],
  ])
})

test('a policy is shown by its own JSON text', () => {
  const parsed = parse([before, expiration])
  expect(parsed.ok && JSON.parse(parsed.policies[0]?.text ?? '')).toEqual(before)
})

test.each(['[]', '[{}]', '{}'])('%s takes policies away', (text) => {
  expect(parse(text)).toEqual({ ok: true, policies: [] })
})

test('a change of the parameter starts the time without change anew, and nothing else', () => {
  const parsed = parse([noChange, expiration])
  const carried = carryPolicies(parsed.ok ? parsed.policies : [], NOW + HOUR)
  expect(carried.map(({ dueAt }) => (dueAt - NOW) / HOUR)).toEqual([49, 24])
})

test.each([
  ['{', 'ValidationException'],
  ['1', 'ValidationException'],
  ['[1]', 'ValidationException'],
  ['null', 'ValidationException'],
  [{ ...expiration }, 'ValidationException'],
  [[{ ...expiration, Type: 'Never' }], 'InvalidPolicyTypeException'],
  [[{ ...expiration, Type: 'constructor' }], 'InvalidPolicyTypeException'],
  [[{ Version: '1.0' }], 'InvalidPolicyTypeException'],
  [[{ ...expiration, Version: '2.0' }], 'InvalidPolicyAttributeException'],
  [[withAttributes(expiration, null)], 'InvalidPolicyAttributeException'],
  [[withAttributes(expiration, {})], 'InvalidPolicyAttributeException'],
  [[withAttributes(expiration, { Timestamp: 'tomorrow' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(expiration, { Timestamp: '2026-11-24T12:00:00Z' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(expiration, { Timestamp: '2027-13-01T00:00:00Z' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(noChange, { After: '2', Unit: 'Weeks' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(noChange, { After: '2', Unit: 'constructor' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(noChange, { After: '1.5', Unit: 'Days' })], 'InvalidPolicyAttributeException'],
  [[withAttributes(noChange, { After: '2', Unit: 'Days', More: 1 })], 'InvalidPolicyAttributeException'],
  [[before], 'IncompatiblePolicyException'],
  [[expiration, expiration], 'IncompatiblePolicyException'],
  [Array(11).fill(noChange), 'PoliciesLimitExceededException'],
  [Array(10).fill(noChange), 'ok'],
])('policies %j are answered %s', (value, code) => {
  expect(codeOf(value)).toBe(code)
})
