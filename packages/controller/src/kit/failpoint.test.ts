import { FailpointError } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { createFailpoint, FAILPOINTS } from './failpoint.ts'

test('does nothing unless it was asked for', () => {
  for (const text of [undefined, '', 'hand-over:error']) {
    expect(createFailpoint(text)('release-writing')).toBeUndefined()
  }
})

test('stops where it was asked to', () => {
  const failpoint = createFailpoint('hand-over:error, release-writing:error')
  expect(() => failpoint('hand-over')).toThrow(FailpointError)
  expect(() => failpoint('release-writing')).toThrow(FailpointError)
})

test('refuses a name or an action that does not exist', () => {
  expect(() => createFailpoint('no-such-place:kill')).toThrow('no failpoint is called no-such-place')
  expect(() => createFailpoint('hand-over:explode')).toThrow('explode is not one of')
  expect(Object.keys(FAILPOINTS).length).toBeGreaterThanOrEqual(8)
})
