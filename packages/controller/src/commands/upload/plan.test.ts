import { expect, test } from 'vitest'
import { GIVE_UP_MS, nextLook, nextTry, toBucketObject } from './plan.ts'

const name = {
  ...{ commandId: 'C', nodeId: 'mi-1', action: 'aws:runShellScript', stepName: '0.aws:runShellScript' },
  stream: 'stdout' as const,
}

test.each([
  ['', 'C/mi-1/awsrunShellScript/0.awsrunShellScript/stdout'],
  ['a/b', 'a/b/C/mi-1/awsrunShellScript/0.awsrunShellScript/stdout'],
  ['//a//b/', 'a/b/C/mi-1/awsrunShellScript/0.awsrunShellScript/stdout'],
])('the key of a stream under the prefix %j is %s', (prefix, key) => {
  expect(toBucketObject({ bucket: 'b', prefix, region: 'r' }, name)).toEqual({ bucket: 'b', region: 'r', key })
})

test('a failure is tried again after 2 seconds, growing to 5 minutes, for a week', () => {
  const pauses = [1, 2, 3, 8, 9, 1000].map((failures) => nextTry(0, 0, failures))
  expect(pauses).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000])
  expect(nextTry(GIVE_UP_MS - 1, 0, 5)).toBe(GIVE_UP_MS - 1 + 32_000)
  expect(nextTry(GIVE_UP_MS, 0, 5)).toBeUndefined()
})

test('a stream that is not complete is looked for the less often the longer it takes, for a week', () => {
  expect([0, 10_000, 1_000_000].map((age) => nextLook(age, 0))).toEqual([2_000, 20_000, 1_300_000])
  expect(nextLook(GIVE_UP_MS, 0)).toBeUndefined()
})
