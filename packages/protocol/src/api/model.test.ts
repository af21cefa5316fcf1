import { describe, expect, it } from 'vitest'
import groups from '../../model/groups.json' with { type: 'json' }
import { allOperations, findOperation, findOperationByName, findShape, models, type Shape } from './model.ts'

const referencesOf = (shape: Shape) =>
  [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value].flatMap((each) => each?.shape ?? [])

describe('the models', () => {
  it('hold the 154 operations of SSM and those of Muster', () => {
    expect(allOperations.filter(({ service }) => service === 'ssm')).toHaveLength(154)
    const own = allOperations.filter(({ service }) => service === 'muster').map(({ name }) => name)
    expect(own).toEqual(expect.arrayContaining(['CreateEnrolmentCommand', 'GetOutput', 'CreateUser']))
  })

  it('never use one name for operations of both', () => {
    expect(new Set(allOperations.map(({ name }) => name)).size).toBe(allOperations.length)
  })

  it('state a shape of the same name alike', () => {
    const [ssm, muster] = models
    for (const [name, shape] of muster!.shapes) {
      const other = ssm!.shapes.get(name)
      if (other) expect(shape, name).toEqual(other)
    }
  })

  it('define every shape that they refer to, and every error as an exception', () => {
    for (const { shapes, operations } of models) {
      for (const [name, shape] of shapes)
        for (const inner of referencesOf(shape)) expect(shapes.has(inner), name).toBe(true)
      for (const { input, output, errors } of Object.values(operations)) {
        expect(shapes.get(input!)?.type).toBe('structure')
        expect(shapes.get(output!)?.type).toBe('structure')
        for (const code of errors) expect(shapes.get(code)?.exception, code).toBe(true)
      }
    }
  })

  it('are grouped by capability, each operation once', () => {
    const grouped = groups.flatMap(({ operations }) => operations)
    expect([...grouped].sort()).toEqual(allOperations.map(({ name }) => name).sort())
  })
})

describe('findOperation', () => {
  it('finds operations by the target of either service', () => {
    expect(findOperation('AmazonSSM.SendCommand')).toMatchObject({
      name: 'SendCommand',
      service: 'ssm',
      input: 'SendCommandRequest',
      output: 'SendCommandResult',
    })
    expect(findOperation('Muster.GetOutput')).toMatchObject({ name: 'GetOutput', service: 'muster' })
  })

  it.each([
    '',
    'SendCommand',
    'Muster.SendCommand',
    'AmazonSSM.GetOutput',
    'amazonssm.SendCommand',
    'AmazonSSM.',
    'AmazonSSM.constructor',
    'AmazonSSM.__proto__',
    'constructor',
    '__proto__',
    'toString',
  ])('finds nothing for %j', (target) => {
    expect(findOperation(target)).toBeUndefined()
  })
})

describe('findOperationByName', () => {
  it('finds operations of both models by their bare names', () => {
    expect(findOperationByName('SendCommand')?.service).toBe('ssm')
    expect(findOperationByName('Explain')?.service).toBe('muster')
  })

  it.each(['', 'constructor', '__proto__', 'hasOwnProperty', 'sendCommand'])('finds nothing for %j', (name) => {
    expect(findOperationByName(name)).toBeUndefined()
  })
})

describe('findShape', () => {
  it('looks in the model of the given service only', () => {
    expect(findShape('muster', 'OutputMaxBytes')).toEqual({ type: 'integer', max: 262144, min: 1 })
    expect(findShape('ssm', 'OutputMaxBytes')).toBeUndefined()
    expect(findShape('ssm', 'constructor')).toBeUndefined()
  })
})
