import { models, type ServiceModel, type Shape } from '@muster/protocol/api'
import { describe, expect, it } from 'vitest'
import { generateErrors } from '../../scripts/generate/errors.ts'
import { generateOperations } from '../../scripts/generate/operations.ts'

const aModel = (service: 'ssm' | 'muster', operation: string, shapes: Record<string, Shape>): ServiceModel => ({
  service,
  targetPrefix: service,
  operations: { [operation]: { input: 'Request', output: 'Result', errors: ['Gone', 'Late'] } },
  shapes: new Map(Object.entries({ ...ERRORS, ...shapes })),
})
const ERRORS: Record<string, Shape> = {
  Gone: { type: 'structure', members: { Message: { shape: 'Text' } }, exception: true },
  Late: { type: 'structure', members: {}, exception: true },
  Text: { type: 'string' },
}
const Request: Shape = {
  type: 'structure',
  required: ['Name'],
  members: { Name: { shape: 'Text' }, Tree: { shape: 'Tree' } },
}
const Tree: Shape = { type: 'structure', members: { Children: { shape: 'TreeList' }, Colour: { shape: 'Colour' } } }
const TreeList: Shape = { type: 'list', member: { shape: 'Tree' } }
const Colour: Shape = { type: 'string', enum: ['red', "sea's"] }
const Result: Shape = {
  type: 'structure',
  members: { At: { shape: 'When' }, Bytes: { shape: 'Bytes' }, Counts: { shape: 'Counts' } },
}
const leaves: Record<string, Shape> = {
  When: { type: 'timestamp' },
  Bytes: { type: 'blob' },
  Counts: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Long' } },
  Long: { type: 'long' },
}
const shapes = { Request, Result, Tree, TreeList, Colour, ...leaves }

describe('generateOperations', () => {
  const text = generateOperations([aModel('ssm', 'Plant', shapes)])

  it('states input, output and errors of an operation', () => {
    expect(text).toContain("  Plant: {\n    input: Request\n    output: Result\n    error: 'Gone' | 'Late'\n  }\n")
  })

  it('makes members optional unless required, and lets a shape hold itself', () => {
    expect(text).toContain('export interface Request {\n  Name: string\n  Tree?: Tree | undefined\n}')
    expect(text).toContain('export interface Tree {\n  Children?: Tree[] | undefined\n  Colour?: Colour | undefined\n}')
  })

  it('writes sets of values as literals, times as numbers, bytes as text and maps as records', () => {
    expect(text).toContain("export type Colour = 'red' | 'sea\\'s'")
    expect(text).toContain(
      'At?: number | undefined\n  Bytes?: string | undefined\n  Counts?: Record<string, number> | undefined',
    )
  })

  it('declares shapes that two models have alike once, and prefixes the second where they differ', () => {
    const other = { ...shapes, Tree: { ...Tree, required: ['Colour'] } }
    const both = generateOperations([aModel('ssm', 'Plant', shapes), aModel('muster', 'Fell', other)])
    expect(both).toContain('  Fell: {\n    input: MusterRequest\n    output: Result\n')
    expect(both).toContain('export interface MusterTree {\n  Children?: MusterTree[] | undefined\n  Colour: Colour\n}')
    expect(both.match(/^export interface Result /gm)).toHaveLength(1)
    expect(both.match(/^export type Colour /gm)).toHaveLength(1)
  })

  it('gives the same text each time', () => {
    expect(generateOperations(models)).toBe(generateOperations(models))
  })
})

describe('generateErrors', () => {
  it('gives code, status, text member and operations of a modelled error', () => {
    expect(generateErrors()).toContain('| InvalidPluginName | 400 | none |  | GetCommandInvocation, GetOutput |')
  })
})
