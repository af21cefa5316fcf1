import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret shows as stars in text, JSON and inspection, at any depth', () => {
  const secret = new Secret('hunter2')
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ a: [secret] }),
    inspect({ a: { secret } }, { showHidden: true }),
  ]
  expect(shown).toEqual(['***', '***', '{"a":["***"]}', expect.stringContaining('***')])
  expect(shown.join()).not.toContain('hunter2')
})

test('a secret gives its value only when asked', () => {
  expect(new Secret('hunter2').reveal()).toBe('hunter2')
})
