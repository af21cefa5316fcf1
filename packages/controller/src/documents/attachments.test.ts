import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { readObjectUrl, readSources } from './attachment-source.ts'
import { hashOf, openDocuments } from './testing/stand.ts'

const manifest = (files: Readonly<Record<string, string>>, version = '1.0') =>
  JSON.stringify({
    ...{ schemaVersion: '2.0', version },
    packages: { _any: { _any: { _any: { file: Object.keys(files)[0] } } } },
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, { checksums: { sha256: hashOf(text) } }]),
    ),
  })
const FILES = { 'app.zip': 'zipped', 'readme.txt': 'read me' }
const folder = [{ Key: 'SourceUrl' as const, Values: ['s3://packages/app/1.0'] }]
const aPackage = { Name: 'App', DocumentType: 'Package' as const, Content: manifest(FILES), Attachments: folder }
const DAY_MS = 86_400_000

describeStores('attachments of documents', (openStore) => {
  test('come from the folder of a bucket, are shown with their hashes, and can be downloaded for an hour', async () => {
    await using stand = await openDocuments(await openStore())
    for (const [name, text] of Object.entries(FILES)) await stand.putObject('packages', `app/1.0/${name}`, text)
    const { DocumentDescription } = await stand.call('CreateDocument', aPackage)
    expect(DocumentDescription).toMatchObject({
      ...{ DocumentType: 'Package', SchemaVersion: '2.0', PlatformTypes: ['Linux', 'Windows', 'MacOS'] },
      AttachmentsInformation: [{ Name: 'app.zip' }, { Name: 'readme.txt' }],
    })
    const { AttachmentsContent = [] } = await stand.call('GetDocument', { Name: 'App' })
    expect(AttachmentsContent).toEqual(
      Object.entries(FILES).map(([Name, text]) => ({
        ...{ Name, Size: text.length, Hash: hashOf(text), HashType: 'Sha256' },
        Url: expect.stringMatching(`^https://muster\\.test/attachments/${hashOf(text)}\\?`),
      })),
    )
    const url = AttachmentsContent[0]?.Url ?? ''
    expect(await stand.download(url)).toEqual({ status: 200, text: 'zipped' })
    expect((await stand.download(url.replace(/signature=./, 'signature=x'))).status).toBe(403)
    expect((await stand.download(url.replace(hashOf('zipped'), hashOf('read me')))).status).toBe(403)
    stand.clock.advance(3_600_001)
    expect(await stand.download(url)).toMatchObject({ status: 403, text: expect.stringContaining('has expired') })
  })

  test('come from other versions by reference, under a name of their own', async () => {
    await using stand = await openDocuments(await openStore())
    for (const [name, text] of Object.entries(FILES)) await stand.putObject('packages', `app/1.0/${name}`, text)
    await stand.call('CreateDocument', aPackage)
    const reference = (file: string, Name: string) => ({
      ...{ Key: 'AttachmentReference' as const, Values: [`App/1/${file}`], Name },
    })
    await stand.call('UpdateDocument', {
      ...{ Name: 'App', Content: manifest({ 'new.zip': 'zipped' }, '2.0') },
      Attachments: [reference('app.zip', 'new.zip')],
    })
    const { AttachmentsContent } = await stand.call('GetDocument', { Name: 'App', DocumentVersion: '2' })
    expect(AttachmentsContent).toMatchObject([{ Name: 'new.zip', Hash: hashOf('zipped') }])
    const gone = {
      ...{ ...aPackage, Name: 'Other', Content: manifest({ 'new.zip': 'zipped' }) },
      Attachments: [reference('gone.zip', 'new.zip')],
    }
    expect(await stand.refused('CreateDocument', gone)).toEqual({
      code: 'InvalidDocumentContent',
      text: 'Attachments[0]: version 1 of App has no attachment gone.zip.',
    })
  })

  test.each([
    [
      'a file that is not there',
      'InvalidDocumentContent',
      { 'gone.zip': 'x' },
      /^Attachments\[0\]: gone\.zip cannot be/,
    ],
    ['another hash', 'InvalidDocumentContent', { 'app.zip': 'forged' }, /^files\.app\.zip\.checksums\.sha256 is not/],
  ])('are refused with %s', async (_what, code, files, text) => {
    await using stand = await openDocuments(await openStore())
    await stand.putObject('packages', 'app/1.0/app.zip', 'zipped')
    const refusal = await stand.refused('CreateDocument', { ...aPackage, Content: manifest(files) })
    expect(refusal).toEqual({ code, text: expect.stringMatching(text) })
  })

  test('are files that the caller itself may read: objects of buckets, and documents', async () => {
    const asked: string[] = []
    await using stand = await openDocuments(await openStore(), {
      decide(action, resource) {
        asked.push(`${action} ${resource}`)
        const allowed = action === 'ssm:CreateDocument'
        return { allowed, reason: allowed ? '' : `You may not ${action} on ${resource}` }
      },
    })
    await stand.putObject('packages', 'app/1.0/app.zip', 'zipped')
    const Content = manifest({ 'app.zip': 'zipped' })
    expect(await stand.refused('CreateDocument', { ...aPackage, Content })).toEqual({
      code: 'AccessDeniedException',
      text: 'You may not s3:GetObject on arn:aws:s3:::packages/app/1.0/app.zip',
    })
    const reference = [{ Key: 'AttachmentReference', Values: ['Other/1/app.zip'] }]
    expect(await stand.refused('CreateDocument', { ...aPackage, Content, Attachments: reference })).toEqual({
      code: 'AccessDeniedException',
      text: 'You may not ssm:GetDocument on arn:aws:ssm:us-east-1:123456789012:document/Other',
    })
    expect(await stand.attachments.lengthOf(hashOf('zipped'))).toBeUndefined()
  })

  test('are all that the content names', async () => {
    await using stand = await openDocuments(await openStore())
    expect(await stand.refused('CreateDocument', { ...aPackage, Attachments: [] })).toEqual({
      code: 'InvalidDocumentContent',
      text: 'files.app.zip is not attached.',
    })
  })

  test('are swept away a day after no version has them any more', async () => {
    await using stand = await openDocuments(await openStore())
    for (const [name, text] of Object.entries(FILES)) await stand.putObject('packages', `app/1.0/${name}`, text)
    await stand.call('CreateDocument', aPackage)
    const key = hashOf('zipped')
    const sweep = async (): Promise<number | undefined> => {
      for (const one of stand.documents.sweeps) await one.run(new AbortController().signal)
      return stand.attachments.lengthOf(key)
    }
    // What the files say of their age is the clock of the machine.
    stand.clock.advance(Date.now() - stand.clock.now() + 2 * DAY_MS)
    expect(await sweep()).toBe(6)
    await stand.call('DeleteDocument', { Name: 'App' })
    expect(await sweep()).toBeUndefined()
  })
})

test('sources are read from all forms of an URL of S3, and from nothing else', () => {
  const there = { bucket: 'my-bucket', key: 'a b/c.zip', region: '' }
  expect(readObjectUrl('s3://my-bucket/a b/c.zip')).toEqual(there)
  expect(readObjectUrl('https://s3.amazonaws.com/my-bucket/a%20b/c.zip')).toEqual(there)
  expect(readObjectUrl('https://s3.eu-west-1.amazonaws.com/my-bucket/a%20b/c.zip')).toEqual({
    ...{ ...there, region: 'eu-west-1' },
  })
  expect(readObjectUrl('https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b/c.zip')).toEqual({
    ...{ ...there, region: 'eu-west-1' },
  })
  for (const url of [
    'http://s3.amazonaws.com/my-bucket/x',
    'https://example.test/x',
    'file:///etc/passwd',
    's3://',
    '',
  ])
    expect([url, readObjectUrl(url)]).toEqual([url, undefined])
})

test.each([
  [[{ Key: 'S3FileUrl', Values: ['s3://bucket'] }], 'Attachments[0]: an S3FileUrl names one file: s3://BUCKET/KEY.'],
  [
    [{ Key: 'S3FileUrl', Values: ['ftp://x'] }],
    'Attachments[0]: S3FileUrl must be an URL of S3, such as s3://BUCKET/KEY.',
  ],
  [
    [{ Key: 'AttachmentReference', Values: ['App'] }],
    'Attachments[0]: an AttachmentReference is DOCUMENT/VERSION/FILE.',
  ],
  [[{ Values: ['s3://bucket/x.zip'] }], 'Attachments[0] must have Key and one of Values.'],
  [
    [{ Key: 'S3FileUrl', Values: ['s3://bucket/x y.zip'] }],
    'Attachments[0]: the name x y.zip must be 3 to 128 letters, digits or _ - .',
  ],
  [
    [
      { Key: 'S3FileUrl', Values: ['s3://bucket/a/x.zip'] },
      { Key: 'S3FileUrl', Values: ['s3://bucket/b/x.zip'] },
    ],
    'Attachments[1]: a file with the name x.zip is attached already.',
  ],
] as const)('the sources %j are refused', (sources, text) => {
  expect(readSources(sources as never, new Set())).toBe(text)
})

test('a SourceUrl is a folder of the files that the content names', () => {
  expect(
    readSources([{ Key: 'SourceUrl', Values: ['s3://bucket/in/here/'] }], new Set(['a.zip', 'b.zip'])),
  ).toMatchObject([
    { name: 'a.zip', object: { key: 'in/here/a.zip' } },
    { name: 'b.zip', object: { key: 'in/here/b.zip' } },
  ])
  expect(readSources([{ Key: 'SourceUrl', Values: ['s3://bucket'] }], new Set())).toMatch(/the content names no files/)
})
