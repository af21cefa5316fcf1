import { findOperationByName, type OperationModel } from '@muster/protocol/api'
import { describe, expect, it } from 'vitest'
import { readForm, writeAnswer } from './query-protocol.ts'

const model = findOperationByName('AssumeRole') as OperationModel
const read = (text: string) => readForm(model, new URLSearchParams(text))

describe('the form of a call', () => {
  it('becomes the input that JSON would have: lists, structures in them, numbers', () => {
    expect(
      read('RoleArn=a&DurationSeconds=900&Tags.member.1.Key=k&Tags.member.1.Value=v%201&Tags.member.2.Key=x&Other=1'),
    ).toEqual({ RoleArn: 'a', DurationSeconds: 900, Tags: [{ Key: 'k', Value: 'v 1' }, { Key: 'x' }] })
  })

  it('keeps what is no number as text, for the check to refuse', () => {
    expect(read('DurationSeconds=1e3')).toEqual({ DurationSeconds: '1e3' })
    expect(read('Action=AssumeRole')).toEqual({})
  })
})

describe('an answer as XML', () => {
  it('has dates in ISO form, and texts that cannot be taken for tags', () => {
    const Credentials = { AccessKeyId: 'A', SecretAccessKey: '<&>', SessionToken: 't', Expiration: 1_700_000_000 }
    const AssumedRoleUser = { AssumedRoleId: 'r', Arn: 'arn' }
    expect(writeAnswer(model, { Credentials, AssumedRoleUser })).toBe(
      '<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>&#60;&#38;&#62;</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2023-11-14T22:13:20Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>r</AssumedRoleId><Arn>arn</Arn></AssumedRoleUser>',
    )
  })
})
