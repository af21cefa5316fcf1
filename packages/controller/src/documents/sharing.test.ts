import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages } from '#tags/testing/stand.ts'
import { content, openDocuments } from './testing/stand.ts'

const share = { Name: 'Hello', PermissionType: 'Share' as const }
const account = (index: number) => String(111_111_111_000 + index)

describeStores('shares of documents', (openStore) => {
  test('are added, changed and taken back, an account in both lists taken back', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    expect(await stand.call('DescribeDocumentPermission', share)).toEqual({
      AccountIds: [],
      AccountSharingInfoList: [],
    })
    await stand.call('ModifyDocumentPermission', {
      ...share,
      ...{ AccountIdsToAdd: [account(2), 'All', account(1), account(3)], AccountIdsToRemove: [account(3)] },
    })
    await stand.call('ModifyDocumentPermission', {
      ...{ ...share, AccountIdsToAdd: [account(2)], SharedDocumentVersion: '$LATEST' },
    })
    expect(await stand.call('DescribeDocumentPermission', share)).toEqual({
      AccountIds: [account(1), account(2), 'all'],
      AccountSharingInfoList: [
        { AccountId: account(1), SharedDocumentVersion: '$DEFAULT' },
        { AccountId: account(2), SharedDocumentVersion: '$LATEST' },
        { AccountId: 'all', SharedDocumentVersion: '$DEFAULT' },
      ],
    })
    await stand.call('ModifyDocumentPermission', { ...share, AccountIdsToRemove: [account(1), 'all'] })
    expect((await stand.call('DescribeDocumentPermission', share)).AccountIds).toEqual([account(2)])
  })

  test('with all make a document public in lists', async () => {
    await using stand = await openDocuments(await openStore())
    for (const Name of ['Hello', 'Mine']) await stand.call('CreateDocument', { Name, Content: content() })
    await stand.call('ModifyDocumentPermission', { ...share, AccountIdsToAdd: ['all'] })
    const listed = async (owner: string) => {
      const Filters = [
        { Key: 'Owner', Values: [owner] },
        { Key: 'Name', Values: ['Hello', 'Mine', 'AWS-Noop'] },
      ]
      return (await stand.call('ListDocuments', { Filters })).DocumentIdentifiers?.map(({ Name }) => Name)
    }
    expect(await listed('Public')).toEqual(['AWS-Noop', 'Hello'])
    expect(await listed('Private')).toEqual(['Mine'])
    expect(await listed('Self')).toEqual(['Hello', 'Mine'])
  })

  test('are shown page by page, and are at most 1,000', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    for (let from = 0; from < 1000; from += 20) {
      const AccountIdsToAdd = Array.from({ length: 20 }, (_, index) => account(from + index))
      await stand.call('ModifyDocumentPermission', { ...share, AccountIdsToAdd })
    }
    const listed = await pages(async (NextToken) => {
      const page = await stand.call('DescribeDocumentPermission', { ...share, MaxResults: 200, NextToken })
      return { items: page.AccountIds ?? [], token: page.NextToken }
    }, 20)
    expect(listed).toEqual(Array.from({ length: 1000 }, (_, index) => account(index)))
    expect(await stand.refused('ModifyDocumentPermission', { ...share, AccountIdsToAdd: ['all'] })).toEqual({
      code: 'DocumentPermissionLimit',
      text: 'A document is shared with at most 1000 accounts.',
    })
    expect((await stand.refused('DescribeDocumentPermission', { ...share, NextToken: 'garbage' })).code).toBe(
      'InvalidNextToken',
    )
  })

  test('keep a document from being deleted until they are gone', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    await stand.call('ModifyDocumentPermission', { ...share, AccountIdsToAdd: [account(1)] })
    expect(await stand.refused('DeleteDocument', { Name: 'Hello' })).toEqual({
      code: 'InvalidDocumentOperation',
      text: 'The document Hello is shared: stop sharing it first.',
    })
    await stand.call('ModifyDocumentPermission', { ...share, AccountIdsToRemove: [account(1)] })
    await stand.call('DeleteDocument', { Name: 'Hello' })
    expect((await stand.refused('DescribeDocumentPermission', share)).code).toBe('InvalidDocument')
    expect((await stand.refused('ModifyDocumentPermission', share)).code).toBe('InvalidDocument')
  })

  test('are nothing for what comes with Muster', async () => {
    await using stand = await openDocuments(await openStore())
    const builtin = { ...share, Name: 'AWS-RunShellScript' }
    expect((await stand.refused('DescribeDocumentPermission', builtin)).code).toBe('InvalidDocumentOperation')
    expect((await stand.refused('ModifyDocumentPermission', builtin)).code).toBe('InvalidDocument')
  })
})
