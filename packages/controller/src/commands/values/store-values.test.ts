import { type EnvelopeStep, secretVariable } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import { type CommandStand, openCommands, type StandOptions, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'

const SECRET = 'canary-7c1f0e55-of-a-secret'
const PROBLEM = 'Parameters provided in document are invalid or not supported.'
const PINNED = { name: '/app/secret', version: 2 }

/** A document of one parameter and one step. */
const content = (parameter: object, step: object) =>
  JSON.stringify({ schemaVersion: '2.2', parameters: { value: parameter }, mainSteps: [{ name: 'main', ...step }] })
const scriptOf = (parameter: object, line = 'use {{ value }}') =>
  content(parameter, { action: 'aws:runShellScript', inputs: { runCommand: [line] } })
const VARIABLE = { type: 'String', interpolationType: 'ENV_VAR' }

describeStores('values of Parameter Store in commands', (openStore) => {
  async function open(options: StandOptions = {}) {
    const stand = await openCommands(await openStore(), { secrets: true, ...options })
    const put = (Name: string, Value: string, Type: 'String' | 'StringList' | 'SecureString' = 'String') =>
      stand.call('PutParameter', { Name, Value, Type, Overwrite: true })
    await put('/app/color', 'red')
    await put('/app/colors', 'red,green', 'StringList')
    await put('/app/secret', 'older', 'SecureString')
    await put('/app/secret', SECRET, 'SecureString')
    return { stand, put, [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() }
  }

  /** The steps that a node gets. */
  async function stepsOf(
    stand: CommandStand,
    request: { DocumentName: string; Parameters?: Record<string, string[]> },
  ) {
    let steps: readonly EnvelopeStep[] = []
    const onWork = ({ envelope }: { envelope: { steps: readonly EnvelopeStep[] } }) => {
      steps = envelope.steps
      return {}
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    await stand.call('SendCommand', { ...request, InstanceIds: [node?.nodeId ?? ''] })
    await stand.settled(...(node ? [node] : []))
    return steps
  }
  const create = (stand: CommandStand, Name: string, Content: string) =>
    stand.call('CreateDocument', { Name, Content, DocumentType: 'Command', DocumentFormat: 'JSON' })
  async function refusal(stand: CommandStand, request: object) {
    const node = await stand.aNode()
    return stand.refused('SendCommand', { ...request, InstanceIds: [node.nodeId] })
  }

  test('references are put in, in what is given, in defaults and in steps', async () => {
    await using opened = await open()
    const { stand, put } = opened
    await put('/app/odd', '{ ssm:/app/color }')
    const line = 'a {{ value }} b {{ssm:/app/color:1}} c {{ ssm:/app/odd }} d'
    await create(stand, 'Doc', scriptOf({ type: 'String', default: '{{ ssm:/app/colors }}' }, line))
    const [byDefault] = await stepsOf(stand, { DocumentName: 'Doc' })
    expect(byDefault?.inputs['runCommand']).toEqual(['a red,green b red c { ssm:/app/color } d'])
    const [given] = await stepsOf(stand, { DocumentName: 'Doc', Parameters: { value: ['it is {{ssm:/app/color}}'] } })
    expect(given?.inputs['runCommand']).toEqual(['a it is red b red c { ssm:/app/color } d'])
  })

  test('a list that is one reference is the list', async () => {
    await using opened = await open()
    const steps = await stepsOf(opened.stand, shell('{{ ssm:/app/colors }}'))
    expect(steps[0]?.inputs['runCommand']).toEqual(['red', 'green'])
  })

  test.each([
    ['{{ ssm:/app/gone }}', `${PROBLEM} There is no parameter /app/gone.`],
    [
      '{{ ssm:/app/color:9 }}',
      `${PROBLEM} Systems Manager could not find version 9 of /app/color. Verify the version and try again.`,
    ],
    ['{{ ssm:/app/secret }}', `${PROBLEM} /app/secret is a SecureString: use ssm-secure, where the action allows it.`],
    ['{{ ssm-secure:/app/color }}', `${PROBLEM} /app/color is a String, no SecureString: use ssm.`],
    ['{{ ssm-secure:/app/gone }}', `${PROBLEM} There is no parameter /app/gone.`],
    [
      '{{ ssm-secure:/app/secret }}',
      'Step runShellScript: the secret {{ commands }} can be given to a script by a parameter of interpolationType ENV_VAR alone.',
    ],
  ])('refuses %s in a script, and says why', async (reference, text) => {
    await using opened = await open()
    expect(await refusal(opened.stand, shell(`echo ${reference}`))).toEqual({ code: 'InvalidParameters', text })
  })

  test('checks a value of Parameter Store like any other', async () => {
    await using opened = await open()
    const { stand } = opened
    await create(stand, 'Doc', scriptOf({ type: 'String', allowedPattern: '[a-z]{5,}' }))
    const request = { DocumentName: 'Doc', Parameters: { value: ['{{ ssm:/app/color }}'] } }
    expect(await refusal(stand, request)).toEqual({
      code: 'InvalidParameters',
      text: `${PROBLEM} value does not match the pattern [a-z]{5,}.`,
    })
    const secret = { DocumentName: 'Doc', Parameters: { value: ['{{ ssm-secure:/app/secret }}'] } }
    expect(await refusal(stand, secret)).toMatchObject({ code: 'InvalidParameters' })
  })

  test('refuses a caller who may not read what it refers to, whether it is there or not', async () => {
    const text = 'you may not read parameters'
    await using opened = await open({
      decide: (action) => ({
        allowed: action !== 'ssm:GetParameters',
        reason: action === 'ssm:GetParameters' ? text : '',
      }),
    })
    for (const reference of ['ssm:/app/color', 'ssm:/app/gone', 'ssm-secure:/app/secret'])
      expect(await refusal(opened.stand, shell(`echo {{ ${reference} }}`))).toEqual({
        code: 'AccessDeniedException',
        text,
      })
  })

  test('a secret travels as a reference to one version, for the variable of a script', async () => {
    await using opened = await open()
    const { stand, put } = opened
    await create(stand, 'Doc', scriptOf(VARIABLE))
    const Parameters = { value: ['{{ssm-secure:/app/secret}}'] }
    const [step] = await stepsOf(stand, { DocumentName: 'Doc', Parameters })
    expect(step).toMatchObject({
      inputs: { runCommand: ['use "${SSM_value}"'] },
      secrets: { SSM_value: PINNED },
    })
    expect(step).not.toHaveProperty('env')
    expect(JSON.stringify(step)).not.toContain(SECRET)
    await put('/app/secret', 'newer', 'SecureString')
    const [pinned] = await stepsOf(stand, {
      DocumentName: 'Doc',
      Parameters: { value: ['{{ ssm-secure:/app/secret:1 }}'] },
    })
    expect(pinned?.secrets).toEqual({ SSM_value: { name: '/app/secret', version: 1 } })
  })

  test.each([
    [
      'beside other text',
      scriptOf(VARIABLE),
      'x{{ssm-secure:/app/secret}}',
      `${PROBLEM} value must be one reference to a secret ({{ ssm-secure:… }}) and nothing beside it.`,
    ],
    [
      'where it would be written into a folder name',
      content(VARIABLE, {
        action: 'aws:runShellScript',
        inputs: { runCommand: ['true'], workingDirectory: '/tmp/{{ value }}' },
      }),
      '{{ssm-secure:/app/secret}}',
      'Step main: workingDirectory of aws:runShellScript takes no secret ({{ value }}).',
    ],
  ])('refuses a secret %s', async (_case, Content, value, text) => {
    await using opened = await open()
    await create(opened.stand, 'Doc', Content)
    expect(await refusal(opened.stand, { DocumentName: 'Doc', Parameters: { value: [value] } })).toEqual({
      code: 'InvalidParameters',
      text,
    })
  })

  test('a secret may stand in sourceInfo, and the node is told to read it', async () => {
    await using opened = await open()
    const { stand } = opened
    const inputs = {
      sourceType: 'HTTP',
      sourceInfo: { url: '{{ value }}', username: '{{ ssm:/app/color }}', password: '{{ ssm-secure:/app/secret }}' },
    }
    await create(stand, 'Doc', content({ type: 'String' }, { action: 'aws:downloadContent', inputs }))
    const [step] = await stepsOf(stand, { DocumentName: 'Doc', Parameters: { value: ['https://example.org/'] } })
    expect(step?.inputs['sourceInfo']).toEqual({
      url: 'https://example.org/',
      username: 'red',
      password: '{{ssm-secure:/app/secret:2}}',
    })
    expect(step?.secrets).toEqual({ [secretVariable(PINNED)]: PINNED })
  })

  test('a secret is handed on to a document that a step runs', async () => {
    await using opened = await open()
    const { stand } = opened
    await create(stand, 'Inner', scriptOf(VARIABLE))
    const inputs = { documentType: 'SSMDocument', documentPath: 'Inner', documentParameters: { value: '{{ value }}' } }
    await create(stand, 'Doc', content(VARIABLE, { action: 'aws:runDocument', inputs }))
    const [step] = await stepsOf(stand, { DocumentName: 'Doc', Parameters: { value: ['{{ssm-secure:/app/secret}}'] } })
    const inner = step?.document?.kind === 'steps' ? step.document.steps[0] : undefined
    expect(inner).toMatchObject({ inputs: { runCommand: ['use "${SSM_value}"'] }, secrets: { SSM_value: PINNED } })
  })
})
