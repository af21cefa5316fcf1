import { builtinDocuments } from '@muster/protocol/documents'
import { describe, expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START, type Stand } from '#tags/testing/stand.ts'
import { documentArn, toName, versionNumber } from './document.ts'
import { findVersion, insertDocument } from './store.ts'
import { content, hashOf, openDocuments } from './testing/stand.ts'

const HOME = { accountId: '123456789012', region: 'us-east-1' }
const BUILTIN = 'AWS-RunShellScript'
const LINUX_ONLY = new Set([BUILTIN, 'AWS-RunAnsiblePlaybook', 'AWS-ApplyAnsiblePlaybooks'])
const BUILTINS = builtinDocuments.map(({ name }) => name).sort()

const YAML = `# greets
schemaVersion: "2.2"
mainSteps:
  - action: aws:runPowerShellScript
    name: hello
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      runCommand:
        - Write-Output hello
`

const names = async (stand: Stand, input: object) =>
  (await stand.call('ListDocuments', input)).DocumentIdentifiers?.map(({ Name }) => Name)

/** Adds a version with a text of its own. */
const addVersion = ({ call }: Stand, Name: string, version: number, VersionName?: string) =>
  call('UpdateDocument', {
    ...{ Name, DocumentVersion: '$LATEST', VersionName },
    Content: content({ description: `Version ${version}.` }),
  })

describeStores('documents', (openStore) => {
  test('are made from JSON and described with their parameters, platforms and hash', async () => {
    await using stand = await openDocuments(await openStore())
    const text = content()
    const made = await stand.call('CreateDocument', {
      Name: 'Hello',
      Content: text,
      DisplayName: 'Hello there',
      VersionName: 'first',
      TargetType: '/AWS::SSM::ManagedInstance',
      Tags: [{ Key: 'env', Value: 'prod' }],
    })
    expect(made.DocumentDescription).toEqual({
      Name: 'Hello',
      Owner: '123456789012',
      CreatedDate: START / 1000,
      DisplayName: 'Hello there',
      VersionName: 'first',
      DocumentVersion: '1',
      PlatformTypes: ['Linux', 'MacOS'],
      DocumentType: 'Command',
      SchemaVersion: '2.2',
      DocumentFormat: 'JSON',
      TargetType: '/AWS::SSM::ManagedInstance',
      Hash: hashOf(text),
      HashType: 'Sha256',
      Author: 'arn:aws:iam::123456789012:root',
      Status: 'Active',
      Description: 'Says hello.',
      Parameters: [
        { Name: 'who', Type: 'StringList', Description: 'Whom to greet.', DefaultValue: '["world"]' },
        { Name: 'times', Type: 'String', DefaultValue: '1' },
        { Name: 'flat', Type: 'String' },
      ],
      LatestVersion: '1',
      DefaultVersion: '1',
      Tags: [{ Key: 'env', Value: 'prod' }],
    })
    expect((await stand.call('DescribeDocument', { Name: 'Hello' })).Document).toEqual(made.DocumentDescription)
  })

  test('come back byte for byte in their own format and are JSON unless YAML is asked for', async () => {
    await using stand = await openDocuments(await openStore())
    const json = `  ${content()}\n`
    await stand.call('CreateDocument', { Name: 'in-json', Content: json })
    await stand.call('CreateDocument', { Name: 'in-yaml', Content: YAML, DocumentFormat: 'YAML' })
    const get = (Name: string, DocumentFormat?: 'JSON' | 'YAML' | 'TEXT') =>
      stand.call('GetDocument', { Name, DocumentFormat })
    expect(await get('in-json')).toMatchObject({ Content: json, DocumentFormat: 'JSON', Status: 'Active' })
    expect(await get('in-yaml', 'YAML')).toMatchObject({ Content: YAML, DocumentFormat: 'YAML' })
    expect(await get('in-yaml', 'TEXT')).toMatchObject({ Content: YAML, DocumentFormat: 'YAML' })
    const converted = await get('in-yaml')
    expect(converted.DocumentFormat).toBe('JSON')
    expect(JSON.parse(converted.Content ?? '')).toMatchObject({
      mainSteps: [{ inputs: { runCommand: ['Write-Output hello'] } }],
    })
    expect((await get('in-json', 'YAML')).Content).toContain('schemaVersion: "2.2"')
    const { Document } = await stand.call('DescribeDocument', { Name: 'in-yaml' })
    expect(Document).toMatchObject({ PlatformTypes: ['Windows'], DocumentFormat: 'YAML', Hash: hashOf(YAML) })
  })

  test('schema 1.2 is taken and shown as it is', async () => {
    await using stand = await openDocuments(await openStore())
    const runtimeConfig = { 'aws:runShellScript': { properties: [{ id: '0.aws:runShellScript', runCommand: ['id'] }] } }
    const Content = JSON.stringify({ schemaVersion: '1.2', description: 'Old.', runtimeConfig })
    const shown = { SchemaVersion: '1.2', PlatformTypes: ['Linux', 'MacOS'] }
    expect((await stand.call('CreateDocument', { Name: 'old', Content })).DocumentDescription).toMatchObject(shown)
    expect((await stand.call('DescribeDocument', { Name: 'old' })).Document).toMatchObject(shown)
    const Filters = [{ Key: 'SchemaVersion', Values: ['1.2'] }]
    expect((await stand.call('ListDocuments', { Filters })).DocumentIdentifiers).toMatchObject([shown])
    expect((await stand.call('GetDocument', { Name: 'old' })).Content).toBe(Content)
  })

  test.each([
    ['InvalidDocumentContent', { Content: '{' }, /^The content is not valid JSON/],
    ['InvalidDocumentContent', { Content: YAML }, /^The content is not valid JSON/],
    ['InvalidDocumentContent', { Content: content({ mainSteps: [] }) }, /at least one step/],
    [
      'InvalidDocumentContent',
      { Content: content({ mainSteps: [{ action: 'aws:brandNew', name: 'new' }] }) },
      /^mainSteps\[0\]\.action is aws:brandNew, which is no action of Command documents\.$/,
    ],
    ['InvalidDocumentSchemaVersion', { Content: content({ schemaVersion: '9.9' }) }, /Schema version 9.9 /],
    ['MaxDocumentSizeExceeded', { Content: content({ description: 'x'.repeat(65_536) }) }, /65536/],
    ['ValidationException', { Name: 'AWS-x' }, /^The document name AWS-x begins with a reserved prefix/],
    ['ValidationException', { Name: 'amzn.x' }, /reserved prefix/],
    ['ValidationException', { Name: 'no spaces' }, /regular expression pattern/],
    ['InvalidDocumentSchemaVersion', { DocumentType: 'Automation' }, /for a document of type Automation/],
    ['ValidationException', { DocumentType: 'Poem' }, /enum value set/],
    ['InvalidDocumentContent', { DocumentFormat: 'TEXT' }, /^A document of type Command is JSON or YAML\.$/],
    ['InvalidDocumentContent', { Requires: [{ Name: 'other' }] }, /^Requires\[0\]: the document other does not exist/],
    ['InvalidDocumentContent', { Requires: [{ Name: 'Hello' }] }, /^Requires\[0\]: a document cannot require itself/],
    ['ValidationException', { Tags: [{ Key: 'aws:x', Value: '' }] }, /reserved: aws:x/],
  ])('refuses with %s what is made of %j', async (code, change, text) => {
    await using stand = await openDocuments(await openStore())
    const refusal = await stand.refused('CreateDocument', { Name: 'Hello', Content: content(), ...change })
    expect(refusal).toEqual({ code, text: expect.stringMatching(text) })
    expect(await names(stand, { Filters: [{ Key: 'Owner', Values: ['Self'] }] })).toEqual([])
  })

  test('have names of their own', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    expect(await stand.refused('CreateDocument', { Name: 'Hello', Content: content() })).toEqual({
      code: 'DocumentAlreadyExists',
      text: 'The document Hello exists already.',
    })
  })

  test('are at most 500 an account', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    const found = await findVersion(stand.db.read, 'Hello', {})
    if (!found) throw new Error('Hello is missing')
    await stand.db.write(async (tx) => {
      for (let index = 2; index <= 500; index++) await insertDocument(tx, { ...found, name: `doc-${index}` })
    })
    expect((await stand.refused('CreateDocument', { Name: 'one-more', Content: content() })).code).toBe(
      'DocumentLimitExceeded',
    )
    await stand.call('DeleteDocument', { Name: 'Hello' })
    await stand.call('CreateDocument', { Name: 'one-more', Content: content() })
  })

  test('are found by name and ARN, by version number, $DEFAULT, $LATEST and version name', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content(), VersionName: 'first' })
    await addVersion(stand, 'Hello', 2, 'second')
    const versionOf = async (input: object) =>
      (await stand.call('GetDocument', { Name: 'Hello', ...input })).DocumentVersion
    expect(await versionOf({})).toBe('1')
    expect(await versionOf({ Name: 'arn:aws:ssm:us-east-1:123456789012:document/Hello' })).toBe('1')
    expect(await versionOf({ DocumentVersion: '$DEFAULT' })).toBe('1')
    expect(await versionOf({ DocumentVersion: '$LATEST' })).toBe('2')
    expect(await versionOf({ DocumentVersion: '2' })).toBe('2')
    expect(await versionOf({ VersionName: 'second' })).toBe('2')
    expect(await versionOf({ VersionName: 'second', DocumentVersion: '2' })).toBe('2')
    const missing = { code: 'InvalidDocumentVersion', text: 'The document Hello has no such version.' }
    for (const choice of [
      { DocumentVersion: '3' },
      { DocumentVersion: '99999999999999999999' },
      { VersionName: 'third' },
      { VersionName: 'second', DocumentVersion: '1' },
    ])
      for (const operation of ['GetDocument', 'DescribeDocument'] as const)
        expect(await stand.refused(operation, { Name: 'Hello', ...choice })).toEqual(missing)

    const { documents, db } = stand
    expect(await documents.find(db.read, 'Hello', '$LATEST')).toMatchObject({ version: '2', document: { steps: [{}] } })
    expect(await documents.find(db.read, 'Hello', '3')).toBe('version-missing')
    expect(await documents.find(db.read, 'Goodbye', '1')).toBeUndefined()
  })

  test('that do not exist or are of another account are InvalidDocument', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    for (const Name of ['Goodbye', 'arn:aws:ssm:us-east-1:999999999999:document/Hello'])
      for (const operation of ['GetDocument', 'DescribeDocument'] as const)
        expect(await stand.refused(operation, { Name })).toEqual({
          code: 'InvalidDocument',
          text: `The document ${Name} does not exist.`,
        })
    expect((await stand.refused('DeleteDocument', { Name: 'Goodbye' })).code).toBe('InvalidDocument')
  })

  test('are deleted whole, with their tags, or by a version that is not the default', async () => {
    await using stand = await openDocuments(await openStore())
    const Tags = [{ Key: 'env', Value: 'prod' }]
    await stand.call('CreateDocument', { Name: 'Hello', Content: content(), Tags })
    await addVersion(stand, 'Hello', 2)
    await addVersion(stand, 'Hello', 3)
    expect(await stand.refused('DeleteDocument', { Name: 'Hello', DocumentVersion: '1' })).toEqual({
      code: 'InvalidDocumentOperation',
      text: 'Version 1 of Hello is its default version.',
    })
    expect((await stand.refused('DeleteDocument', { Name: 'Hello', DocumentVersion: '9' })).code).toBe(
      'InvalidDocument',
    )
    await stand.call('DeleteDocument', { Name: 'Hello', DocumentVersion: '$LATEST' })
    const { Document } = await stand.call('DescribeDocument', { Name: 'Hello' })
    expect(Document).toMatchObject({ LatestVersion: '2', DefaultVersion: '1' })

    await stand.call('DeleteDocument', { Name: 'Hello' })
    expect((await stand.refused('GetDocument', { Name: 'Hello', DocumentVersion: '2' })).code).toBe('InvalidDocument')
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    const tags = { ResourceType: 'Document' as const, ResourceId: 'Hello' }
    expect(await stand.call('ListTagsForResource', tags)).toEqual({ TagList: [] })
  })

  test('that come with Muster can be read, and neither made, tagged nor deleted', async () => {
    await using stand = await openDocuments(await openStore())
    const { Document } = await stand.call('DescribeDocument', { Name: BUILTIN })
    expect(Document).toMatchObject({ Owner: 'Amazon', DocumentVersion: '1', PlatformTypes: ['Linux', 'MacOS'] })
    expect(Document?.Parameters?.map(({ Name }) => Name)).toEqual(['commands', 'workingDirectory', 'executionTimeout'])
    const byArn = await stand.call('GetDocument', { Name: `arn:aws:ssm:us-east-1::document/${BUILTIN}` })
    expect(hashOf(byArn.Content ?? '')).toBe(Document?.Hash)
    expect((await stand.refused('GetDocument', { Name: BUILTIN, DocumentVersion: '2' })).code).toBe(
      'InvalidDocumentVersion',
    )
    expect((await stand.refused('DeleteDocument', { Name: BUILTIN })).code).toBe('InvalidDocumentOperation')
    const tags = { ResourceType: 'Document', ResourceId: BUILTIN }
    expect((await stand.refused('ListTagsForResource', tags)).code).toBe('InvalidResourceId')
    expect(await stand.documents.find(stand.db.read, BUILTIN, '$DEFAULT')).toMatchObject({ version: '1' })
  })

  test('are listed by name with those that come with Muster among them, by pages and filters', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'zeta', Content: content(), Tags: [{ Key: 'env', Value: 'prod' }] })
    await stand.call('CreateDocument', { Name: 'Alpha', Content: YAML, DocumentFormat: 'YAML' })
    await stand.call('CreateDocument', { Name: 'alpha', Content: content({ schemaVersion: '2.0' }) })
    const own = ['Alpha', 'alpha', 'zeta']
    const all = [...BUILTINS, ...own].sort()
    expect(await names(stand, {})).toEqual(all)
    const paged = await pages(async (NextToken) => {
      const page = await stand.call('ListDocuments', { MaxResults: 1, NextToken })
      return { items: page.DocumentIdentifiers ?? [], token: page.NextToken }
    }, 1)
    expect(paged.map(({ Name }) => Name)).toEqual(all)

    const cases: [string, string[], string[]][] = [
      ['Name', ['AWS-RunShell', 'Al'], [BUILTIN, 'Alpha']],
      ['Owner', ['Self'], ['Alpha', 'alpha', 'zeta']],
      ['Owner', ['Private'], ['Alpha', 'alpha', 'zeta']],
      ['Owner', ['Amazon'], BUILTINS],
      ['Owner', ['ThirdParty'], []],
      ['PlatformTypes', ['Windows'], [...BUILTINS.filter((name) => !LINUX_ONLY.has(name)), 'Alpha'].sort()],
      ['DocumentType', ['Command'], all],
      ['DocumentType', ['Automation'], []],
      ['DocumentFormat', ['YAML'], ['Alpha']],
      ['SchemaVersion', ['2.0'], ['alpha']],
      ['SearchKeyword', ['HELLO'], ['alpha', 'zeta']],
      ['tag:env', ['prod', 'test'], ['zeta']],
      ['tag:env', ['test'], []],
    ]
    for (const [Key, Values, expected] of cases)
      expect([Key, Values, await names(stand, { Filters: [{ Key, Values }] })]).toEqual([Key, Values, expected])
    const two = {
      Filters: [
        { Key: 'Owner', Values: ['Self'] },
        { Key: 'PlatformTypes', Values: ['Linux'] },
      ],
    }
    expect(await names(stand, two)).toEqual(['alpha', 'zeta'])
    expect(await names(stand, { DocumentFilterList: [{ key: 'Owner', value: 'Amazon' }] })).toEqual(BUILTINS)
    const { DocumentIdentifiers = [] } = await stand.call('ListDocuments', {
      Filters: [{ Key: 'tag:env', Values: ['prod'] }],
    })
    expect(DocumentIdentifiers[0]?.Tags).toEqual([{ Key: 'env', Value: 'prod' }])
  })

  test('are not listed to whoever filters or pages wrongly', async () => {
    await using stand = await openDocuments(await openStore())
    const refused = (input: object) => stand.refused('ListDocuments', input)
    const filters = (...Filters: object[]) => refused({ Filters })
    const wrongKey = { code: 'InvalidFilterKey', text: undefined }
    expect(await filters({ Key: 'Colour', Values: ['red'] })).toEqual(wrongKey)
    expect(await filters({ Key: 'Name' })).toEqual(wrongKey)
    expect(await filters({ Values: ['x'] })).toEqual(wrongKey)
    expect(await filters({ Key: 'Name', Values: ['a'] }, { Key: 'Name', Values: ['b'] })).toEqual(wrongKey)
    expect(await filters({ Key: 'Owner', Values: ['Me'] })).toEqual({
      code: 'ValidationException',
      text: 'Me is not a value of the filter Owner.',
    })
    const both = {
      DocumentFilterList: [{ key: 'Owner', value: 'Self' }],
      Filters: [{ Key: 'Owner', Values: ['Self'] }],
    }
    expect((await refused(both)).code).toBe('ValidationException')
    expect((await refused({ NextToken: 'garbage' })).code).toBe('InvalidNextToken')
    expect((await refused({ MaxResults: 51 })).code).toBe('ValidationException')
  })
})

describe('names of documents', () => {
  test('are read from names and ARNs of this account, in any region', () => {
    expect(toName(HOME, 'Hello')).toBe('Hello')
    expect(toName(HOME, 'arn:aws:ssm:eu-west-1:123456789012:document/Hello')).toBe('Hello')
    expect(toName(HOME, 'arn:aws:ssm:us-east-1:123456789012:parameter/Hello')).toBeUndefined()
    expect(toName(HOME, 'arn:aws:ssm:us-east-1:999999999999:document/Hello')).toBeUndefined()
  })

  test('make ARNs in the home region, without an account for those that come with Muster', () => {
    const arn = (name: string) => documentArn(HOME, name, (one) => one === BUILTIN)
    expect(arn('Hello')).toBe('arn:aws:ssm:us-east-1:123456789012:document/Hello')
    expect(arn('arn:aws:ssm:eu-west-1:123456789012:document/Hello')).toBe(arn('Hello'))
    expect(arn(BUILTIN)).toBe('arn:aws:ssm:us-east-1::document/AWS-RunShellScript')
    expect(arn('arn:aws:ssm:us-east-1:999999999999:document/Hello')).toContain('999999999999')
  })

  test('a version is a number, the default or the latest', () => {
    const head = { defaultVersion: 3, latestVersion: 7 }
    expect(versionNumber(undefined, head)).toBe(3)
    expect(versionNumber('$LATEST', head)).toBe(7)
    expect(versionNumber('12', head)).toBe(12)
    expect(versionNumber('9'.repeat(30), head)).toBeUndefined()
  })
})
