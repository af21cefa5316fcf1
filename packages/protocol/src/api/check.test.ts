import { describe, expect, it } from 'vitest'
import { checkInput, checkOutput } from './check.ts'
import { findOperationByName } from './model.ts'

const operation = (name: string) => findOperationByName(name)!
const check = (name: string, value: unknown) => checkInput(operation(name), value)
const textOf = (name: string, value: unknown) => {
  const checked = check(name, value)
  return checked.ok ? undefined : `${checked.code}: ${checked.text}`
}
const INSTANCE = '(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)'
const command = { CommandId: 'a'.repeat(36), InstanceId: 'mi-0123456789abcdef0' }

describe('checkInput on limits', () => {
  it('names a required member that is missing or null', () => {
    const text =
      "ValidationException: 1 validation error detected: Value null at 'documentName' failed to satisfy constraint: Member must not be null"
    expect(textOf('SendCommand', {})).toBe(text)
    expect(textOf('SendCommand', { DocumentName: null })).toBe(text)
  })

  it('echoes a value that does not have the pattern', () => {
    expect(textOf('GetCommandInvocation', { ...command, InstanceId: 'i-083e1601960282cd' })).toBe(
      `ValidationException: 1 validation error detected: Value 'i-083e1601960282cd' at 'instanceId' failed to satisfy constraint: Member must satisfy regular expression pattern: ${INSTANCE}`,
    )
  })

  it('tells greatest and least length of texts, lists and maps', () => {
    expect(textOf('GetParameters', { Names: Array.from({ length: 11 }, (_, index) => `n${index}`) })).toBe(
      "ValidationException: 1 validation error detected: Value '[n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
    )
    expect(textOf('GetParameters', { Names: [] })).toBe(
      "ValidationException: 1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
    )
    expect(textOf('SendCommand', { DocumentName: 'abc', Comment: 'x'.repeat(101) })).toBe(
      `ValidationException: 1 validation error detected: Value '${'x'.repeat(101)}' at 'comment' failed to satisfy constraint: Member must have length less than or equal to 100`,
    )
  })

  it('tells greatest and least value of numbers', () => {
    expect(textOf('GetParametersByPath', { Path: '/', MaxResults: 11 })).toBe(
      "ValidationException: 1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
    )
    expect(textOf('SendCommand', { DocumentName: 'abc', TimeoutSeconds: 29 })).toBe(
      "ValidationException: 1 validation error detected: Value '29' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to 30",
    )
    expect(textOf('GetOutput', { ...command, Stream: 'stdout', MaxBytes: 262145, WaitSeconds: 21, Offset: -1 })).toBe(
      "ValidationException: 3 validation errors detected: Value '-1' at 'offset' failed to satisfy constraint: Member must have value greater than or equal to 0; Value '262145' at 'maxBytes' failed to satisfy constraint: Member must have value less than or equal to 262144; Value '21' at 'waitSeconds' failed to satisfy constraint: Member must have value less than or equal to 20",
    )
  })

  it('lists the values that a member may have', () => {
    expect(textOf('GetOutput', { ...command, Stream: 'stdin' })).toBe(
      "ValidationException: 1 validation error detected: Value 'stdin' at 'stream' failed to satisfy constraint: Member must satisfy enum value set: [stdout, stderr]",
    )
  })

  it('tells each limit that one value breaks', () => {
    expect(textOf('CreateDocument', { Content: '{}', Name: 'x', VersionName: 'a b' })).toBe(
      "ValidationException: 2 validation errors detected: Value 'x' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$; Value 'a b' at 'versionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{1,128}$",
    )
    expect(textOf('UpdateOpsItem', { OpsItemId: 'oi', Title: '' })).toBe(
      "ValidationException: 3 validation errors detected: Value 'oi' at 'opsItemId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(oi)-[0-9a-f]{12}$; Value '' at 'title' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'title' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?!\\s*$).+",
    )
  })

  it('counts characters, not halves of them', () => {
    expect(check('SendCommand', { DocumentName: 'abc', Comment: '😀'.repeat(100) }).ok).toBe(true)
    expect(check('SendCommand', { DocumentName: 'abc', Comment: '😀'.repeat(101) }).ok).toBe(false)
  })
})

describe('checkInput inside lists and maps', () => {
  it('names the list when its elements break a limit of their shape', () => {
    expect(textOf('SendCommand', { DocumentName: 'abc', InstanceIds: ['i-1', 'i-2'] })).toBe(
      `ValidationException: 1 validation error detected: Value '[i-1, i-2]' at 'instanceIds' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy regular expression pattern: ${INSTANCE}]`,
    )
    expect(textOf('SendCommand', { DocumentName: 'abc', InstanceIds: [null] })).toBe(
      `ValidationException: 1 validation error detected: Value '[null]' at 'instanceIds' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy regular expression pattern: ${INSTANCE}, Member must not be null]`,
    )
  })

  it('counts elements from 1 in the path to a member of one', () => {
    const Targets = [{ Key: 'tag:a', Values: ['b'] }, { Key: '' }]
    expect(textOf('SendCommand', { DocumentName: 'abc', Targets })).toBe(
      "ValidationException: 1 validation error detected: Value '' at 'targets.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    )
    expect(textOf('AddTagsToResource', { ResourceType: 'ManagedInstance', ResourceId: 'r', Tags: [null] })).toBe(
      "ValidationException: 1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null",
    )
  })

  it('writes structures in a list that is too long', () => {
    const Targets = Array.from({ length: 6 }, () => ({ Key: 'tag:a', Values: ['b', 'c'], Other: 'dropped' }))
    expect(textOf('SendCommand', { DocumentName: 'abc', Targets })).toBe(
      `ValidationException: 1 validation error detected: Value '[${Array(6).fill('Target(key=tag:a, values=[b, c])').join(', ')}]' at 'targets' failed to satisfy constraint: Member must have length less than or equal to 5`,
    )
  })

  it('names the map when its keys or values break a limit', () => {
    const base = { Description: 'd', Title: 't', Source: 's' }
    expect(textOf('CreateOpsItem', { ...base, OperationalData: { ' ': { Value: 'x' } } })).toBe(
      "ValidationException: 1 validation error detected: Value '{ =OpsItemDataValue(value=x)}' at 'operationalData' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ^(?!\\s*$).+]",
    )
    expect(textOf('PutComplianceItems', complianceWith({ reason: 'x'.repeat(5000) }))).toMatch(
      /^ValidationException: 1 validation error detected: Value '\{reason=x+\.\.\.' at 'items\.1\.member\.details' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 4096, Member must have length greater than or equal to 0\]$/,
    )
  })

  const complianceWith = (Details: Record<string, string>) => ({
    ResourceId: 'mi-0123456789abcdef0',
    ResourceType: 'ManagedInstance',
    ComplianceType: 'Custom:ab',
    ExecutionSummary: { ExecutionTime: 1.5 },
    Items: [{ Severity: 'LOW', Status: 'COMPLIANT', Details }],
  })
})

describe('checkInput and what may be shown', () => {
  it('never echoes a sensitive value', () => {
    const payload = 'c2VjcmV0'
    const base = { WindowId: 'mw-0123456789abcdef0', TaskArn: 'a', TaskType: 'LAMBDA' }
    const Lambda = { Payload: payload.repeat(1024), ClientContext: 'c'.repeat(8001), Qualifier: 'q' }
    const text = textOf('RegisterTaskWithMaintenanceWindow', { ...base, TaskInvocationParameters: { Lambda } })
    expect(text).toBe(
      `ValidationException: 2 validation errors detected: Value '${'c'.repeat(1021)}...' at 'taskInvocationParameters.lambda.clientContext' failed to satisfy constraint: Member must have length less than or equal to 8000; Value at 'taskInvocationParameters.lambda.payload' failed to satisfy constraint: Member must have length less than or equal to 4096`,
    )
  })

  it('shows neither keys nor values below something sensitive', () => {
    const base = { WindowId: 'mw-0123456789abcdef0', TaskArn: 'a', TaskType: 'RUN_COMMAND' }
    const TaskParameters = { hidden: { Values: ['x', 'y'.repeat(256)] } }
    expect(textOf('RegisterTaskWithMaintenanceWindow', { ...base, TaskParameters })).toBe(
      "ValidationException: 1 validation error detected: Value at 'taskParameters.1.member.values' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]",
    )
  })

  it('echoes no list that holds something sensitive deeper down', () => {
    const Sources = Array.from({ length: 21 }, () => ({ Name: 'abc', Products: ['*'], Configuration: 'password=x' }))
    expect(textOf('CreatePatchBaseline', { Name: 'abc', Sources })).toBe(
      "ValidationException: 1 validation error detected: Value at 'sources' failed to satisfy constraint: Member must have length less than or equal to 20",
    )
  })

  it.each(['x', ''])('cuts an echoed value at 1,024 characters and never inside one (after %j)', (start) => {
    const text = textOf('SendCommand', { DocumentName: 'abc', Comment: `${start}${'😀'.repeat(600)}` })
    expect(text).toContain(`Value '${start}${'😀'.repeat(510)}...' at 'comment'`)
  })

  it('writes ten problems and counts them all', () => {
    const Tags = Array.from({ length: 25 }, () => ({ Key: 'k' }))
    const text = textOf('AddTagsToResource', { ResourceType: 'ManagedInstance', ResourceId: 'r', Tags })
    expect(text).toMatch(/^ValidationException: 25 validation errors detected: Value null at 'tags\.1\.member\.value'/)
    expect(text?.split('; ')).toHaveLength(10)
  })
})

describe('checkInput on JSON types', () => {
  it.each([
    ['SendCommand', 'text', 'The request must be an object'],
    ['SendCommand', [], 'The request must be an object'],
    ['SendCommand', null, 'The request must be an object'],
    ['SendCommand', { DocumentName: 5 }, "'documentName' must be a string"],
    ['SendCommand', { DocumentName: 'abc', InstanceIds: 'i-1' }, "'instanceIds' must be a list"],
    ['SendCommand', { DocumentName: 'abc', InstanceIds: [['i-1']] }, "'instanceIds.1.member' must be a string"],
    ['SendCommand', { DocumentName: 'abc', Parameters: { commands: 'ls' } }, "'parameters.1.member' must be a list"],
    ['SendCommand', { DocumentName: 'abc', Parameters: [] }, "'parameters' must be an object"],
    ['SendCommand', { DocumentName: 'abc', Targets: ['x'] }, "'targets.1.member' must be an object"],
    ['SendCommand', { DocumentName: 'abc', TimeoutSeconds: '60' }, "'timeoutSeconds' must be a whole number"],
    ['SendCommand', { DocumentName: 'abc', TimeoutSeconds: 60.5 }, "'timeoutSeconds' must be a whole number"],
    [
      'SendCommand',
      { DocumentName: 'abc', TimeoutSeconds: 2 ** 31 },
      "'timeoutSeconds' must be a whole number from -2147483648 to 2147483647",
    ],
    [
      'GetOutput',
      { ...command, Stream: 'stdout', Offset: 2 ** 53 },
      "'offset' must be a whole number from -9007199254740991 to 9007199254740991",
    ],
    ['ListCommandInvocations', { Details: 'true' }, "'details' must be true or false"],
    [
      'CreateActivation',
      { IamRole: 'r', ExpirationDate: '2026-11-24' },
      "'expirationDate' must be a time in seconds since 1970",
    ],
    [
      'CreateActivation',
      { IamRole: 'r', ExpirationDate: 1e300 },
      "'expirationDate' must be a time in seconds since 1970",
    ],
    [
      'StartExecutionPreview',
      { DocumentName: 'abc', ExecutionInputs: {} },
      "'executionInputs' must have exactly one of its members",
    ],
  ])('refuses %s %j', (name, value, text) => {
    expect(check(name, value)).toEqual({ ok: false, code: 'SerializationException', text })
  })

  it.each(['c2VjcmV0=', 'c2Vj!mV0', 'c===', 'abc'])('refuses %j as base64', (Payload) => {
    const value = {
      WindowId: 'mw-0123456789abcdef0',
      WindowTaskId: 'a'.repeat(36),
      TaskInvocationParameters: { Lambda: { Payload } },
    }
    expect(textOf('UpdateMaintenanceWindowTask', value)).toBe(
      "SerializationException: 'taskInvocationParameters.lambda.payload' must be base64",
    )
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses the key %s at any depth, in known and unknown members',
    (key) => {
      const text = `SerializationException: The key "${key}" is not allowed`
      expect(textOf('SendCommand', JSON.parse(`{"${key}":1}`))).toBe(text)
      expect(textOf('SendCommand', JSON.parse(`{"DocumentName":"abc","Parameters":{"${key}":["x"]}}`))).toBe(text)
      expect(textOf('SendCommand', JSON.parse(`{"DocumentName":"abc","Other":[{"${key}":{}}]}`))).toBe(text)
    },
  )

  it('refuses nesting over 64 levels without using up the stack', () => {
    const nested = (levels: number) => JSON.parse(`{"Other":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`)
    const text = 'SerializationException: Nesting is deeper than 64 levels'
    expect(textOf('ListCommands', nested(64))).toBeUndefined()
    expect(textOf('ListCommands', nested(65))).toBe(text)
    expect(textOf('ListCommands', nested(5000))).toBe(text)
  })

  it('refuses half a character in a value or a key', () => {
    const text = 'SerializationException: Text is not well-formed Unicode'
    expect(textOf('SendCommand', { DocumentName: 'abc\ud800' })).toBe(text)
    expect(textOf('SendCommand', { DocumentName: 'abc', Parameters: { '\udc00': ['x'] } })).toBe(text)
  })
})

describe('what checkInput hands on', () => {
  it('keeps what the model knows and drops the rest, at every level', () => {
    const value = {
      DocumentName: 'AWS-RunShellScript',
      Targets: [{ Key: 'tag:a', Values: ['b'], Unknown: 1 }],
      Parameters: { toString: ['x'] },
      Comment: null,
      Unknown: { deep: true },
    }
    expect(check('SendCommand', value)).toEqual({
      ok: true,
      input: {
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:a', Values: ['b'] }],
        Parameters: { toString: ['x'] },
      },
    })
  })

  it('takes no member from a prototype', () => {
    expect(textOf('SendCommand', Object.create({ DocumentName: 'abc' }))).toContain("Value null at 'documentName'")
  })

  it('hands on times with fractions, negative zero as zero, and empty input', () => {
    const checked = check('CreateActivation', { IamRole: 'r', ExpirationDate: 1700000000.123 })
    expect(checked).toEqual({ ok: true, input: { IamRole: 'r', ExpirationDate: 1700000000.123 } })
    expect(check('GetOutput', { ...command, Stream: 'stdout', Offset: -0 })).toEqual({
      ok: true,
      input: { ...command, Stream: 'stdout', Offset: 0 },
    })
    expect(check('DeregisterDefaultHostManagementConfiguration', {})).toEqual({ ok: true, input: {} })
  })
})

describe('checkOutput', () => {
  it('accepts an answer of the operation, members that are undefined included', () => {
    const answer = { Command: { CommandId: 'a'.repeat(36), Comment: undefined } }
    expect(checkOutput(operation('SendCommand'), answer)).toEqual({
      ok: true,
      input: { Command: { CommandId: 'a'.repeat(36) } },
    })
  })

  it('refuses a member that the model does not have', () => {
    expect(checkOutput(operation('SendCommand'), { Command: { CommandID: 'x' } })).toEqual({
      ok: false,
      code: 'SerializationException',
      text: "'command' has no member CommandID",
    })
  })

  it('asks limits as for a request', () => {
    expect(
      checkOutput(operation('Explain'), {
        Sentence: 's',
        Decisions: [{ Kind: 'k', Result: 'Maybe', Code: 'c', Parameters: {} }],
      }),
    ).toEqual({
      ok: false,
      code: 'ValidationException',
      text: "1 validation error detected: Value 'Maybe' at 'decisions.1.member.result' failed to satisfy constraint: Member must satisfy enum value set: [Passed, Blocked, NotReached]",
    })
  })
})
