import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorBody, errorShapes, genericErrors, signatureTexts, statusOf } from './errors.ts'
import { models } from './model.ts'

describe('errorBody', () => {
  it('puts the text where the shape has it', () => {
    expect(errorBody('InvalidDocument', 'No such document.')).toEqual({
      __type: 'InvalidDocument',
      Message: 'No such document.',
    })
    expect(errorBody('ParameterNotFound', 'Gone.')).toEqual({ __type: 'ParameterNotFound', message: 'Gone.' })
    expect(errorBody('UnrecognizedClientException', 'Who?')).toEqual({
      __type: 'UnrecognizedClientException',
      message: 'Who?',
    })
  })

  it('leaves the text out where the shape has none', () => {
    expect(errorBody('InvalidCommandId', 'x')).toEqual({ __type: 'InvalidCommandId' })
    expect(errorBody('InvocationDoesNotExist', 'x')).toEqual({ __type: 'InvocationDoesNotExist' })
  })

  it('carries the further members of a shape', () => {
    expect(errorBody('ItemSizeLimitExceededException', 'Too large.', { TypeName: 'Custom:a' })).toEqual({
      __type: 'ItemSizeLimitExceededException',
      TypeName: 'Custom:a',
      Message: 'Too large.',
    })
  })

  it('takes the names of object members for unknown codes', () => {
    expect(errorBody('constructor', 'x')).toEqual({ __type: 'constructor', message: 'x' })
    expect(statusOf('constructor')).toBe(400)
  })
})

describe('the error shapes', () => {
  it('of SSM have the text in message (25), Message (100) or nowhere (15)', () => {
    const ssm = models.find(({ service }) => service === 'ssm')?.shapes
    const members = [...errorShapes.values()].filter(({ code }) => ssm?.has(code)).map(({ textMember }) => textMember)
    expect(members.filter((name) => name === 'message')).toHaveLength(25)
    expect(members.filter((name) => name === 'Message')).toHaveLength(100)
    expect(members.filter((name) => name === undefined)).toHaveLength(15)
  })
})

describe('statusOf', () => {
  it.each([
    ['InvalidDocument', 400],
    ['ValidationException', 400],
    ['MissingAuthenticationTokenException', 400],
    ['InternalServerError', 500],
    ['RequestEntityTooLargeException', 413],
    ['ServiceUnavailable', 503],
  ])('answers %s with %i', (code, status) => {
    expect(statusOf(code)).toBe(status)
  })
})

describe('the model', () => {
  it('calls the same errors faults that are answered with 500', () => {
    for (const { shapes } of models) {
      for (const [code, { exception, fault }] of shapes)
        if (exception) expect(statusOf(code), code).toBe(fault ? 500 : 400)
    }
  })
})

describe('the texts', () => {
  it('are those of the service', () => {
    expect(genericErrors.MissingAuthenticationTokenException.text).toBe('Missing Authentication Token')
    expect(genericErrors.UnrecognizedClientException.text).toBe(
      'The security token included in the request is invalid.',
    )
    expect(genericErrors.ThrottlingException.text).toBe('Rate exceeded')
    expect(signatureTexts.mismatch).toBe(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    )
    expect(signatureTexts.expired('20261124T100000Z', '20261124T100500Z', '20261124T101000Z')).toBe(
      'Signature expired: 20261124T100000Z is now earlier than 20261124T100500Z (20261124T101000Z - 5 min.)',
    )
    expect(signatureTexts.early('20261124T102000Z', '20261124T101500Z', '20261124T101000Z')).toBe(
      'Signature not yet current: 20261124T102000Z is still later than 20261124T101500Z (20261124T101000Z + 5 min.)',
    )
    expect(signatureTexts.region).toBe('Credential should be scoped to a valid region. ')
    expect(signatureTexts.service('ssm')).toBe("Credential should be scoped to correct service: 'ssm'. ")
  })
})

describe('docs/errors.md', () => {
  const text = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
  const [generic, modelled] = text
    .split('## Of the model')
    .map((part) => [...part.matchAll(/^\| (\w+) \| \d/gm)].map((row) => row[1]))

  it('names every code there is and no other', () => {
    expect(generic).toEqual(Object.keys(genericErrors))
    expect(modelled).toEqual([...errorShapes.keys()].sort())
  })
})
