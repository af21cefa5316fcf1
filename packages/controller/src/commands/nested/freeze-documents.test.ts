import type { EnvelopeStep } from '@muster/protocol/delivery'
import { describe, expect, test } from 'vitest'
import { type CommandStand, openCommands, type StandOptions } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'

const echo = (word: string, parameters: object = {}) =>
  JSON.stringify({
    ...{ schemaVersion: '2.2', parameters },
    mainSteps: [
      { action: 'aws:runShellScript', name: 'echo', inputs: { runCommand: [`echo ${word}`], timeoutSeconds: 4000 } },
    ],
  })
const running = (documentPath: string, documentParameters: unknown = {}, more: object = {}, steps = 1) =>
  JSON.stringify({
    schemaVersion: '2.2',
    mainSteps: Array.from({ length: steps }, (_, index) => ({
      ...{ action: 'aws:runDocument', name: `run${index}` },
      inputs: { documentType: 'SSMDocument', documentPath, documentParameters, ...more },
    })),
  })

type Documents = Readonly<Record<string, string>>

async function create(stand: CommandStand, documents: Documents): Promise<void> {
  for (const [Name, Content] of Object.entries(documents))
    await stand.call('CreateDocument', { Name, Content, DocumentType: 'Command', DocumentFormat: 'JSON' })
}

describeStores('documents that run documents', (openStore) => {
  /** The steps that a node gets of the document `Outer`. */
  async function stepsOf(documents: Documents, options: StandOptions = {}): Promise<readonly EnvelopeStep[]> {
    await using stand = await openCommands(await openStore(), options)
    await create(stand, documents)
    let steps: readonly EnvelopeStep[] = []
    const onWork = ({ envelope }: { envelope: { steps: readonly EnvelopeStep[] } }) => {
      steps = envelope.steps
      return {}
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    await stand.call('SendCommand', { DocumentName: 'Outer', InstanceIds: [node?.nodeId ?? ''] })
    await stand.settled(...(node ? [node] : []))
    return steps
  }

  test('a document that a step names travels in it, its version settled and its parameters put in', async () => {
    const parameters = { who: { type: 'String' } }
    const [step] = await stepsOf({ Inner: echo('{{ who }}', parameters), Outer: running('Inner', { who: 'you' }) })
    expect(step?.document).toMatchObject({
      ...{ kind: 'steps', name: 'Inner', version: '1', schemaVersion: '2.2' },
      steps: [{ name: 'echo', inputs: { runCommand: ['echo you'] } }],
    })
  })

  test.each([
    'Inner:1',
    'arn:aws:ssm:us-east-1:123456789012:document/Inner',
    'arn:aws:ssm:us-east-1:123456789012:document/Inner:1',
  ])('a document is found as %s', async (path) => {
    const [step] = await stepsOf({ Inner: echo('hi'), Outer: running(path) })
    expect(step?.document).toMatchObject({ kind: 'steps', name: 'Inner', version: '1' })
  })

  test('a step has the time of the steps in it, unless it says one of its own', async () => {
    const documents = { Inner: echo('hi'), Middle: running('Inner', {}, {}, 2) }
    const [free] = await stepsOf({ ...documents, Outer: running('Middle') })
    const [limited] = await stepsOf({ ...documents, Outer: running('Middle', {}, { timeoutSeconds: 60 }) })
    expect([free?.timeoutSeconds, limited?.timeoutSeconds]).toEqual([8000, 60])
  })

  test.each([
    ['there is none', 'Gone', {}, 'Document with name Gone does not exist.'],
    ['there is no such version', 'Inner:7', {}, 'Document Inner has no version 7.'],
    [
      'parameters are not its own',
      'Inner',
      { x: '1' },
      'Parameters provided in document are invalid or not supported. the document has no parameter "x".',
    ],
    ['parameters are no map', 'Inner', '[1]', 'documentParameters must be a map or the JSON text of one'],
  ])('where %s, the step says so when its turn comes', async (_case, path, parameters, problem) => {
    const [step] = await stepsOf({ Inner: echo('hi'), Outer: running(path, parameters) })
    expect(step?.document).toEqual({ kind: 'problem', problem })
  })

  test('a document that runs itself does so three times', async () => {
    const [first] = await stepsOf({ Outer: running('Outer') })
    const inside = (step: EnvelopeStep | undefined) =>
      step?.document?.kind === 'steps' ? step.document.steps[0] : undefined
    const third = inside(inside(inside(first)))
    expect(third?.document).toEqual({
      kind: 'problem',
      problem: 'Maximum depth for document execution exceeded. Maximum depth permitted - 3 and current depth - 4',
    })
  })

  test.each([{ name: 'Inner:1' }, '{"name":"Inner"}'])(
    'what aws:downloadContent is to bring of a document travels too: %j',
    async (sourceInfo) => {
      const step = { action: 'aws:downloadContent', name: 'get', inputs: { sourceType: 'SSMDocument', sourceInfo } }
      const Outer = JSON.stringify({ schemaVersion: '2.2', mainSteps: [step] })
      const [got] = await stepsOf({ Inner: echo('hi'), Outer })
      expect(got?.document).toMatchObject({
        kind: 'content',
        name: 'Inner',
        version: '1',
        format: 'JSON',
        content: echo('hi'),
      })
    },
  )

  test('a step that installs gets the version of its package, not the text', async () => {
    const install = { action: 'aws:configurePackage', name: 'i', inputs: { name: 'Inner', action: 'Install' } }
    const Outer = JSON.stringify({ schemaVersion: '2.2', mainSteps: [install] })
    const [step] = await stepsOf({ Inner: echo('hi'), Outer })
    expect(step?.document).toEqual({ kind: 'problem', problem: 'Document Inner is of type Command, no package.' })
  })

  describe('is refused', () => {
    const refused = async (documents: Documents, options: StandOptions = {}) => {
      await using stand = await openCommands(await openStore(), options)
      await create(stand, documents)
      const [node] = await stand.nodes(1)
      return await stand.refused('SendCommand', { DocumentName: 'Outer', InstanceIds: [node?.nodeId] })
    }

    test('where the caller may not run the document inside', async () => {
      const decide: NonNullable<StandOptions['decide']> = (action, resource) =>
        action === 'ssm:SendCommand' && resource.endsWith('document/Inner')
          ? { allowed: false, reason: 'may not' }
          : { allowed: true, reason: '' }
      expect(await refused({ Inner: echo('hi'), Outer: running('Inner') }, { decide })).toEqual({
        ...{ code: 'AccessDeniedException', text: 'may not' },
      })
    })

    test('where it would grow beyond what a node is sent', async () => {
      const documents = {
        Inner: echo('x'.repeat(50_000)),
        Middle: running('Inner', {}, {}, 30),
        Outer: running('Middle'),
      }
      expect(await refused(documents)).toMatchObject({ code: 'MaxDocumentSizeExceeded' })
    })
  })
})
