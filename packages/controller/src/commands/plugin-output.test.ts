import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pluginOutput } from './plugin-output.ts'

test('shows short streams whole, with a title before errors', () => {
  expect(pluginOutput('out', '')).toBe('out')
  expect(pluginOutput('out', 'err')).toBe('out\n----------ERROR-------\nerr')
  expect(pluginOutput('', 'err')).toBe('\n----------ERROR-------\nerr')
  expect(pluginOutput('x'.repeat(2500), '')).toBe('x'.repeat(2500))
})

test('marks what was cut', () => {
  expect(pluginOutput('x'.repeat(2501), '')).toMatch(/^x+\n---Output truncated---$/)
  const both = pluginOutput('o'.repeat(5000), 'e'.repeat(5000))
  expect(both).toMatch(/^o+\n---Output truncated---\n----------ERROR-------\ne+\n---Error truncated----$/)
  expect(pluginOutput('short', 'e'.repeat(5000))).toMatch(/^short\n-+ERROR-+\ne+\n---Error truncated----$/)
})

test('never has more than 2,500 characters, whatever the streams are', () => {
  const text = fc.string({ maxLength: 4000, unit: 'grapheme', size: 'max' })
  fc.assert(
    fc.property(text, text, (stdout, stderr) => {
      const output = pluginOutput(stdout, stderr)
      expect(output.length).toBeLessThanOrEqual(2500)
      expect(output.isWellFormed()).toBe(true)
    }),
    { numRuns: 200 },
  )
})
