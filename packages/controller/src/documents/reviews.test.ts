import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START, type Stand } from '#tags/testing/stand.ts'
import { nextReview, type ReviewAction, reviewerOf } from './reviews.ts'
import { content, openDocuments } from './testing/stand.ts'

const metadata = { Name: 'Hello', Metadata: 'DocumentReviews' as const }
const review = (stand: Stand, Action: ReviewAction, Content?: string, DocumentVersion?: string) =>
  stand.call('UpdateDocumentMetadata', {
    ...{ Name: 'Hello', DocumentVersion },
    DocumentReviews: { Action, ...(Content === undefined ? {} : { Comment: [{ Type: 'Comment', Content }] }) },
  })

describeStores('reviews of documents', (openStore) => {
  test('go from sent to rejected and to approved, and are shown with the document', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    expect((await stand.call('GetDocument', { Name: 'Hello' })).ReviewStatus).toBeUndefined()
    await review(stand, 'SendForReview', 'please look')
    expect((await stand.call('DescribeDocument', { Name: 'Hello' })).Document).toMatchObject({
      ...{ ReviewStatus: 'PENDING', PendingReviewVersion: '1' },
    })
    await review(stand, 'Reject', 'no')
    await review(stand, 'SendForReview')
    stand.clock.advance(5000)
    await review(stand, 'Approve', 'yes')
    stand.clock.advance(5000)
    await review(stand, 'UpdateReview', 'yes, by all means')
    const reviewed = { ReviewedTime: START / 1000 + 10, Status: 'APPROVED', Reviewer: 'root' }
    expect((await stand.call('DescribeDocument', { Name: 'Hello' })).Document).toMatchObject({
      ...{ ReviewStatus: 'APPROVED', ApprovedVersion: '1', ReviewInformation: [reviewed] },
    })
    const history = await stand.call('ListDocumentMetadataHistory', metadata)
    expect(history).toMatchObject({ Name: 'Hello', DocumentVersion: '1', Author: 'arn:aws:iam::123456789012:root' })
    expect(
      history.Metadata?.ReviewerResponse?.map((one) => [one.ReviewStatus, one.Comment?.[0]?.Content, one.UpdatedTime]),
    ).toEqual([
      ['APPROVED', 'yes, by all means', START / 1000 + 10],
      ['PENDING', undefined, START / 1000],
      ['REJECTED', 'no', START / 1000],
      ['PENDING', 'please look', START / 1000],
    ])
    const paged = await pages(async (NextToken) => {
      const page = await stand.call('ListDocumentMetadataHistory', { ...metadata, MaxResults: 1, NextToken })
      return { items: page.Metadata?.ReviewerResponse ?? [], token: page.NextToken }
    }, 1)
    expect(paged).toEqual(history.Metadata?.ReviewerResponse)
  })

  test('begin anew with each version, the latest when none is named', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    await review(stand, 'SendForReview')
    await review(stand, 'Approve')
    await stand.call('UpdateDocument', { Name: 'Hello', Content: content({ description: 'New.' }) })
    const { DocumentVersions } = await stand.call('ListDocumentVersions', { Name: 'Hello' })
    expect(DocumentVersions?.map(({ ReviewStatus }) => ReviewStatus)).toEqual(['NOT_REVIEWED', 'APPROVED'])
    await review(stand, 'SendForReview')
    const { Document } = await stand.call('DescribeDocument', { Name: 'Hello', DocumentVersion: '2' })
    expect(Document).toMatchObject({ ReviewStatus: 'PENDING', ApprovedVersion: '1', PendingReviewVersion: '2' })
    const Filters = [{ Key: 'ReviewStatus', Values: ['APPROVED'] }]
    expect((await stand.call('ListDocuments', { Filters })).DocumentIdentifiers?.map(({ Name }) => Name)).toEqual([
      'Hello',
    ])
  })

  test.each<[ReviewAction, string]>([
    ['Approve', 'Approve is not possible: version 1 was not sent for review.'],
    ['Reject', 'Reject is not possible: version 1 was not sent for review.'],
    ['UpdateReview', 'UpdateReview is not possible: version 1 was not sent for review.'],
  ])('cannot begin with %s', async (Action, text) => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    const input = { Name: 'Hello', DocumentReviews: { Action } }
    expect(await stand.refused('UpdateDocumentMetadata', input)).toEqual({ code: 'InvalidDocumentOperation', text })
  })

  test('are of documents and versions that are there', async () => {
    await using stand = await openDocuments(await openStore())
    await stand.call('CreateDocument', { Name: 'Hello', Content: content() })
    const update = (change: object) =>
      stand.refused('UpdateDocumentMetadata', {
        ...{ Name: 'Hello', DocumentReviews: { Action: 'SendForReview' }, ...change },
      })
    expect((await update({ Name: 'Goodbye' })).code).toBe('InvalidDocument')
    expect((await update({ DocumentVersion: '2' })).code).toBe('InvalidDocumentVersion')
    expect((await update({ Name: 'AWS-RunShellScript' })).code).toBe('InvalidDocumentOperation')
    const history = (change: object) => stand.refused('ListDocumentMetadataHistory', { ...metadata, ...change })
    expect((await history({ Name: 'Goodbye' })).code).toBe('InvalidDocument')
    expect((await history({ DocumentVersion: '2' })).code).toBe('InvalidDocumentVersion')
    expect((await history({ NextToken: 'garbage' })).code).toBe('InvalidNextToken')
  })
})

test('a review is updated by its reviewer alone', () => {
  const last = { number: 2, createdAt: 1, updatedAt: 1, status: 'PENDING' as const, comment: 'a', reviewer: 'ann' }
  const step = { action: 'UpdateReview' as const, comment: undefined, at: 5 }
  expect(nextReview({ status: 'PENDING', last }, { ...step, reviewer: 'ann' })).toEqual({ ...last, updatedAt: 5 })
  expect(nextReview({ status: 'PENDING', last }, { ...step, reviewer: 'bob' })).toBe(
    'has a review of ann, which is theirs to update',
  )
})

test('a reviewer is named by the end of its ARN', () => {
  expect(reviewerOf({ arn: 'arn:aws:iam::123456789012:user/ops/ann' })).toBe('ann')
  expect(reviewerOf({ arn: 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.test' })).toBe('ann-example.test')
})
