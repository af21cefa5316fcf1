import { expect, test } from 'vitest'
import { answerDigest } from './digest.ts'

// The examples of RFC 7616, 3.9.1.
const challenge = (algorithm: string) =>
  `Basic realm="x", Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
const credentials = { username: 'Mufasa', password: 'Circle of Life' }
const request = { method: 'GET', uri: '/dir/index.html', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' }

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('answers a challenge of %s as the RFC does', (algorithm, response) => {
  expect(answerDigest(challenge(algorithm), credentials, request)).toContain(`response="${response}"`)
})

test.each([
  'Basic realm="x"',
  'Digest realm="x", algorithm=SHA-999, nonce="n"',
  'Digest realm="x", qop="auth-int", nonce="n"',
])('has no answer to %s', (asked) => {
  expect(answerDigest(asked, credentials, request)).toBeUndefined()
})
