import { compilePattern, InvalidPattern } from '@muster/protocol/kit'
import type { ParameterType } from './parameter.ts'

export type ValueProblem = {
  readonly code: 'ValidationException' | 'InvalidAllowedPatternException' | 'ParameterPatternMismatchException'
  readonly text: string
}

export interface GivenValue {
  readonly name: string
  readonly type: ParameterType
  readonly value: string
  readonly dataType: string
  readonly allowedPattern: string | undefined
}

const IMAGE = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/
/** Where the service keeps what webhooks and other integrations are. */
export const INTEGRATIONS = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/'

const invalid = (text: string): ValueProblem => ({ code: 'ValidationException', text })

/** What is wrong with a value; undefined when nothing is. No text has the value of a SecureString in it. */
export function findValueProblem(given: GivenValue): ValueProblem | undefined {
  const { value, type } = given
  if (value === '') {
    const subject = type === 'SecureString' ? 'Value' : "Value ''"
    return invalid(
      `1 validation error detected: ${subject} at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    )
  }
  const opening = value.indexOf('{{')
  if (opening >= 0 && value.indexOf('}}', opening) >= 0)
    return invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.')
  return findDataTypeProblem(given) ?? findPatternProblem(given)
}

function findDataTypeProblem({ name, type, value, dataType }: GivenValue): ValueProblem | undefined {
  switch (dataType) {
    case 'text':
      return undefined
    case 'aws:ec2:image':
      if (type !== 'String') return invalid('A parameter of data type aws:ec2:image must be of type String.')
      return IMAGE.test(value)
        ? undefined
        : invalid('The value of data type aws:ec2:image must be an id like ami-12345abcdeEXAMPLE.')
    case 'aws:ssm:integration':
      if (type === 'SecureString' && name.startsWith(INTEGRATIONS)) return undefined
      return invalid(
        `A parameter of data type aws:ssm:integration must be of type SecureString, and its name must begin with ${INTEGRATIONS}.`,
      )
    default:
      return invalid(`The following data type is not supported: ${dataType} (Data type names are all lowercase.)`)
  }
}

function findPatternProblem({ value, allowedPattern }: GivenValue): ValueProblem | undefined {
  if (allowedPattern === undefined || allowedPattern === '') return undefined
  try {
    if (compilePattern(allowedPattern).matches(value)) return undefined
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    return {
      code: 'InvalidAllowedPatternException',
      text: `AllowedPattern is not a regular expression of RE2: ${error.message}`,
    }
  }
  return {
    code: 'ParameterPatternMismatchException',
    text: `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
  }
}
