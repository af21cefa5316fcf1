import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { userWhoMay } from '#tags/testing/policies.ts'
import { content, openDocuments } from './testing/stand.ts'

const schema = {
  ...{ Name: 'Schema', DocumentType: 'ApplicationConfigurationSchema' as const },
  Content: JSON.stringify({ type: 'object' }),
}
const settings = {
  ...{ Name: 'Settings', DocumentType: 'ApplicationConfiguration' as const, Content: '{"limit": 3}' },
  Requires: [{ Name: 'Schema', Version: '1', RequireType: 'schema' }],
}

describeStores('documents of other types', (openStore) => {
  test('what one requires is shown, kept in later versions, and not deleted while it is needed', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', schema)
    await stand.call('CreateDocument', settings)
    await stand.call('UpdateDocument', { Name: 'Settings', Content: '{"limit": 4}' })
    const { Document } = await stand.call('DescribeDocument', { Name: 'Settings', DocumentVersion: '2' })
    expect(Document).toMatchObject({ Requires: settings.Requires, DocumentType: 'ApplicationConfiguration' })
    expect((await stand.call('GetDocument', { Name: 'Settings' })).Requires).toEqual(settings.Requires)

    const refused = { code: 'InvalidDocumentOperation', text: 'The document Settings requires Schema.' }
    expect(await stand.refused('DeleteDocument', { Name: 'Schema', Force: true })).toEqual(refused)
    await stand.call('UpdateDocument', { Name: 'Schema', Content: JSON.stringify({ type: 'array' }) })
    await stand.call('UpdateDocumentDefaultVersion', { Name: 'Schema', DocumentVersion: '2' })
    expect(await stand.refused('DeleteDocument', { Name: 'Schema', DocumentVersion: '1', Force: true })).toEqual(
      refused,
    )
    await stand.call('DeleteDocument', { Name: 'Settings' })
    await stand.call('DeleteDocument', { Name: 'Schema', Force: true })
  })

  test('are made with tags only by who may tag them', async () => {
    await using stand = await openDocuments(await openStore())
    const user = await userWhoMay(stand, { Action: 'ssm:CreateDocument' })
    expect(await stand.refused('CreateDocument', { ...schema, Tags: [{ Key: 'a', Value: 'b' }] }, user)).toMatchObject({
      ...{ code: 'AccessDeniedException', text: expect.stringContaining('ssm:AddTagsToResource') },
    })
    await stand.call('CreateDocument', schema, user)
  })

  test('are deleted with Force only where they are schemas', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', schema)
    expect(await stand.refused('DeleteDocument', { Name: 'Schema' })).toEqual({
      code: 'InvalidDocumentOperation',
      text: 'A document of type ApplicationConfigurationSchema is deleted with Force only.',
    })
    await stand.call('DeleteDocument', { Name: 'Schema', Force: true })
  })

  test('what one requires must be there, in the version that is named', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', schema)
    const Requires = [{ Name: 'Schema', Version: '2' }]
    expect(await stand.refused('CreateDocument', { ...settings, Requires })).toEqual({
      code: 'InvalidDocumentContent',
      text: 'Requires[0]: the document Schema has no such version.',
    })
  })

  test('are made where the caller may make documents of that type', async () => {
    const types: unknown[] = []
    await using stand = await openDocuments(await openStore(), {
      decide(_action, _resource, conditions) {
        types.push(conditions.get('ssm:documenttype'))
        return { allowed: true, reason: '' }
      },
    })
    await stand.call('CreateDocument', schema)
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    expect(types).toEqual([['ApplicationConfigurationSchema'], ['Command']])
  })

  test('are run by no command', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', schema)
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    const { documents, db } = stand
    expect(await documents.find(db.read, 'Schema')).toEqual({ otherType: 'ApplicationConfigurationSchema' })
    expect(await documents.find(db.read, 'Hello')).toMatchObject({ name: 'Hello' })
  })

  test('keep text as text, and YAML with tags as YAML', async () => {
    await using stand = await openDocuments(await openStore())
    const calendar = 'BEGIN:VCALENDAR\nPRODID:-//AWS//Change Calendar 1.0//EN\nVERSION:2.0\nEND:VCALENDAR\n'
    await stand.call('CreateDocument', {
      ...{ Name: 'Days', DocumentType: 'ChangeCalendar', DocumentFormat: 'TEXT', Content: calendar },
    })
    const template = 'Resources:\n  Topic: {Type: "AWS::SNS::Topic", Name: !Sub "x"}\n'
    await stand.call('CreateDocument', {
      ...{ Name: 'Stack', DocumentType: 'CloudFormation', DocumentFormat: 'YAML', Content: template },
    })
    expect(await stand.call('GetDocument', { Name: 'Days' })).toMatchObject({
      Content: calendar,
      DocumentFormat: 'TEXT',
    })
    expect(await stand.call('GetDocument', { Name: 'Stack' })).toMatchObject({
      Content: template,
      DocumentFormat: 'YAML',
    })
    const { Document } = await stand.call('DescribeDocument', { Name: 'Days' })
    expect(Document).toMatchObject({ DocumentType: 'ChangeCalendar', PlatformTypes: [] })
    expect(Document).not.toHaveProperty('SchemaVersion')
  })
})
