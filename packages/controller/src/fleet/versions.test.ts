import { expect, test } from 'vitest'
import { compareVersions } from './versions.ts'

test('versions are ordered by their parts and not by their text', () => {
  const ordered = ['', '0.9.0', '0.9.0.1', '0.10.0', '1.2.0-beta', '1.2.3', '1.2.0012', '12', '99999999999999999999']
  expect(ordered.toReversed().sort(compareVersions)).toEqual([...ordered])
  expect(compareVersions('1.02.0', '1.2.0')).toBe(0)
})
