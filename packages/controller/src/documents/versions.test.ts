import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START } from '#tags/testing/stand.ts'
import { findVersion, insertVersion } from './store.ts'
import { content, hashOf, openDocuments } from './testing/stand.ts'
import { setLatestVersion } from './version-store.ts'

const YAML = 'schemaVersion: "2.2"\nmainSteps:\n- {action: aws:runShellScript, name: a, inputs: {runCommand: [id]}}\n'
const text = (version: number) => content({ description: `Version ${version}.` })
const latest = { Name: 'Hello', DocumentVersion: '$LATEST' }

describeStores('versions of documents', (openStore) => {
  test('are added to the latest, and leave the default where it is', async () => {
    await using stand = await openDocuments(await openStore())
    const Tags = [{ Key: 'env', Value: 'prod' }]
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1), DisplayName: 'Hi', VersionName: 'one', Tags })
    stand.clock.advance(1000)
    const { DocumentDescription } = await stand.call('UpdateDocument', {
      ...latest,
      ...{ Content: YAML, DocumentFormat: 'YAML', VersionName: 'two', TargetType: '/AWS::SSM::ManagedInstance' },
    })
    expect(DocumentDescription).toMatchObject({
      ...{ DocumentVersion: '2', LatestVersion: '2', DefaultVersion: '1', VersionName: 'two', DisplayName: 'Hi' },
      ...{ DocumentFormat: 'YAML', Hash: hashOf(YAML), TargetType: '/AWS::SSM::ManagedInstance', Tags },
      CreatedDate: START / 1000 + 1,
    })
    const { Document } = await stand.call('DescribeDocument', latest)
    expect(Document).toEqual(DocumentDescription)
    expect((await stand.call('DescribeDocument', { Name: 'Hello' })).Document).toMatchObject({
      ...{ DocumentVersion: '1', LatestVersion: '2', DefaultVersion: '1', VersionName: 'one' },
    })
    expect((await stand.call('GetDocument', { Name: 'Hello' })).Content).toBe(text(1))
  })

  test('are made from the latest only: $LATEST, its number, or nothing while it is the default', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1) })
    await stand.call('UpdateDocument', { Name: 'Hello', Content: text(2) })
    for (const DocumentVersion of [undefined, '1', '$DEFAULT'])
      expect(await stand.refused('UpdateDocument', { Name: 'Hello', Content: text(3), DocumentVersion })).toEqual({
        code: 'InvalidDocumentVersion',
        text: 'Version 1 of Hello is not its latest: give $LATEST or 2.',
      })
    expect(await stand.refused('UpdateDocument', { ...latest, Content: text(3), DocumentVersion: '9' })).toEqual({
      code: 'InvalidDocumentVersion',
      text: 'The document Hello has no version 9.',
    })
    await stand.call('UpdateDocument', { Name: 'Hello', Content: text(3), DocumentVersion: '2' })
    expect((await stand.call('GetDocument', latest)).DocumentVersion).toBe('3')
  })

  test.each([
    ['DuplicateDocumentContent', { Content: text(1) }, 'A version of the document Hello has this very content.'],
    [
      'DuplicateDocumentVersionName',
      { Content: text(2), VersionName: 'one' },
      'A version of the document Hello has the name one already.',
    ],
    ['InvalidDocument', { Name: 'Goodbye', Content: text(2) }, 'The document Goodbye does not exist.'],
    [
      'InvalidDocumentOperation',
      { Name: 'AWS-RunShellScript', Content: text(2) },
      'The document AWS-RunShellScript comes with Muster and cannot be changed.',
    ],
    ['InvalidDocumentContent', { Content: '{' }, 'The content is not valid JSON (line 1 column 2).'],
    [
      'InvalidDocumentSchemaVersion',
      { Content: content({ schemaVersion: '0.3' }) },
      'Schema version 0.3 is not supported for a document of type Command. Supported: 1.2, 2.0, 2.2.',
    ],
    [
      'MaxDocumentSizeExceeded',
      { Content: `"${'x'.repeat(65_535)}"` },
      'The document has 65537 bytes; the limit is 65536.',
    ],
  ])('are refused with %s', async (code, change, said) => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1), VersionName: 'one' })
    expect(await stand.refused('UpdateDocument', { ...latest, ...change })).toEqual({ code, text: said })
    expect((await stand.call('GetDocument', latest)).DocumentVersion).toBe('1')
  })

  test('are at most 1,000 a document', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1) })
    const found = await findVersion(stand.db.read, 'Hello', {})
    if (!found) throw new Error('Hello is missing')
    await stand.db.write(async (tx) => {
      for (let version = 2; version <= 1000; version++)
        await insertVersion(tx, { ...found, version, hash: String(version) })
      await setLatestVersion(tx, 'Hello', 1000)
    })
    expect(await stand.refused('UpdateDocument', { ...latest, Content: text(2) })).toEqual({
      code: 'DocumentVersionLimitExceeded',
      text: 'A document has at most 1000 versions.',
    })
    await stand.call('DeleteDocument', { Name: 'Hello', DocumentVersion: '500' })
    await stand.call('UpdateDocument', { ...latest, Content: text(2) })
    expect((await stand.call('GetDocument', latest)).DocumentVersion).toBe('1001')
  })

  test('are listed from the newest, page by page, with the default marked', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1), VersionName: 'one' })
    for (const version of [2, 3]) await stand.call('UpdateDocument', { ...latest, Content: text(version) })
    const listed = await pages(async (NextToken) => {
      const page = await stand.call('ListDocumentVersions', { Name: 'Hello', MaxResults: 2, NextToken })
      return { items: page.DocumentVersions ?? [], token: page.NextToken }
    }, 2)
    expect(listed).toMatchObject([
      { Name: 'Hello', DocumentVersion: '3', IsDefaultVersion: false, DocumentFormat: 'JSON', Status: 'Active' },
      { DocumentVersion: '2' },
      { DocumentVersion: '1', VersionName: 'one', IsDefaultVersion: true },
    ])
    const builtin = await stand.call('ListDocumentVersions', { Name: 'AWS-RunShellScript' })
    expect(builtin.DocumentVersions).toMatchObject([{ DocumentVersion: '1', IsDefaultVersion: true }])
    expect((await stand.refused('ListDocumentVersions', { Name: 'Goodbye' })).code).toBe('InvalidDocument')
    const garbage = { Name: 'Hello', NextToken: 'garbage' }
    expect((await stand.refused('ListDocumentVersions', garbage)).code).toBe('InvalidNextToken')
  })

  test('become the default by their number', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1) })
    await stand.call('UpdateDocument', { ...latest, Content: text(2), VersionName: 'two' })
    expect(await stand.call('UpdateDocumentDefaultVersion', { Name: 'Hello', DocumentVersion: '2' })).toEqual({
      Description: { Name: 'Hello', DefaultVersion: '2', DefaultVersionName: 'two' },
    })
    expect((await stand.call('GetDocument', { Name: 'Hello' })).DocumentVersion).toBe('2')
    expect(await stand.documents.find(stand.db.read, 'Hello')).toMatchObject({ version: '2' })
    const refused = (input: object) => stand.refused('UpdateDocumentDefaultVersion', { DocumentVersion: '7', ...input })
    expect((await refused({ Name: 'Hello' })).code).toBe('InvalidDocumentVersion')
    expect((await refused({ Name: 'Goodbye' })).code).toBe('InvalidDocument')
    expect((await refused({ Name: 'AWS-RunShellScript' })).code).toBe('InvalidDocument')
  })

  test('never have a number that another one had', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: text(1) })
    await stand.call('UpdateDocument', { ...latest, Content: text(2) })
    await stand.call('DeleteDocument', { Name: 'Hello', DocumentVersion: '2' })
    await stand.call('UpdateDocument', { ...latest, Content: text(2) })
    const { DocumentVersions } = await stand.call('ListDocumentVersions', { Name: 'Hello' })
    expect(DocumentVersions?.map(({ DocumentVersion }) => DocumentVersion)).toEqual(['3', '1'])
  })
})
