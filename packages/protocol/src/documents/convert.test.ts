import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convertContent } from './convert.ts'
import { readContent } from './read-content.ts'

describe('converting a document', () => {
  test('keeps a text that has the wanted format byte for byte', () => {
    expect(convertContent('{ "a" :1}', 'JSON', 'JSON')).toBe('{ "a" :1}')
  })

  test('writes scripts as YAML blocks whose lines are not folded', () => {
    const line = `echo ${'word '.repeat(60)}end`
    const yaml = convertContent(JSON.stringify({ runCommand: [`${line}\nexit 0\n`] }), 'JSON', 'YAML')
    expect(yaml).toContain(`${line}\n`)
  })

  test('says nothing for a text of another format', () => {
    expect(convertContent('a: [', 'YAML', 'JSON')).toBeUndefined()
  })

  test('keeps every value on the way to YAML and back', () => {
    const names = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name))
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(
          'yes',
          'no',
          'null',
          '~',
          '012',
          '1e3',
          '0x1f',
          '.inf',
          '#x',
          '- a',
          'a: b',
          ' lead',
          'trail ',
          'a\n\nb\n',
          '\t',
          "it's",
          '"',
        ),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value
    fc.assert(
      fc.property(tree, (value) => {
        const json = JSON.stringify(value)
        fc.pre(readContent(json, 'JSON').ok)
        const yaml = convertContent(json, 'JSON', 'YAML')
        expect(yaml).toBeDefined()
        expect(JSON.parse(convertContent(yaml ?? '', 'YAML', 'JSON') ?? '')).toEqual(value)
      }),
      { numRuns: 400 },
    )
  })
})
