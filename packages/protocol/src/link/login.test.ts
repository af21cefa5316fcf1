import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BINDING_BYTES,
  CHALLENGE_HEADER,
  LOGIN_HEADER,
  type LoginClaim,
  readLogin,
  SIGNATURE_HEADER,
  signLogin,
  verifyLogin,
} from './login.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
const binding = randomBytes(BINDING_BYTES)
const claim: LoginClaim = {
  nodeId: 'mi-0123456789abcdef0',
  agentNonce: randomBytes(16).toString('base64url'),
  generation: 2,
  linkVersion: 1,
  sentAt: 1795521600123,
}
const headers = signLogin({ claim, binding, privateKey })
const withClaim = (changed: object) => ({
  ...headers,
  [LOGIN_HEADER]: Buffer.from(JSON.stringify({ ...claim, ...changed })).toString('base64url'),
})

describe('a login', () => {
  it('gives its claim to who knows the node’s key and the channel', () => {
    const request = readLogin(headers)
    expect(request?.claim).toEqual(claim)
    expect(request && verifyLogin(request, binding, spki)).toEqual(claim)
  })

  it('is nothing for another channel, another key, another claim or another signature', () => {
    const request = readLogin(headers)
    if (!request) throw new Error('not read')
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' })
    expect(verifyLogin(request, randomBytes(BINDING_BYTES), spki)).toBeUndefined()
    expect(verifyLogin(request, binding.subarray(1), spki)).toBeUndefined()
    expect(verifyLogin(request, binding, other)).toBeUndefined()
    expect(verifyLogin(request, binding, rsa)).toBeUndefined()
    const changed = readLogin(withClaim({ generation: 3 }))
    expect(changed && verifyLogin(changed, binding, spki)).toBeUndefined()
    for (let bit = 0; bit < 512; bit++) {
      const signature = Uint8Array.from(request.signature)
      signature[bit >> 3]! ^= 1 << (bit & 7)
      expect(verifyLogin({ ...request, signature }, binding, spki)).toBeUndefined()
    }
  })

  it('is not read when a part is missing, too long or of the wrong form', () => {
    expect(readLogin({})).toBeUndefined()
    expect(readLogin({ ...headers, [SIGNATURE_HEADER]: undefined })).toBeUndefined()
    expect(readLogin({ ...headers, [SIGNATURE_HEADER]: ['a', 'b'] })).toBeUndefined()
    expect(readLogin({ ...headers, [LOGIN_HEADER]: 'e30'.repeat(1000) })).toBeUndefined()
    for (const changed of [
      { nodeId: 'mi-0123456789ABCDEF0' },
      { nodeId: 'i-0123456789abcdef0' },
      { nodeId: ['mi-0123456789abcdef0'] },
      { agentNonce: 'short' },
      { generation: -1 },
      { generation: '1' },
      { linkVersion: 1.5 },
      { sentAt: null },
    ])
      expect(readLogin(withClaim(changed))).toBeUndefined()
  })

  it('never throws, whatever the headers hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (login, signature) => {
        readLogin({ [LOGIN_HEADER]: login, [SIGNATURE_HEADER]: signature })
      }),
    )
    fc.assert(
      fc.property(fc.json(), (json) => {
        readLogin({ ...headers, [LOGIN_HEADER]: Buffer.from(json).toString('base64url') })
      }),
    )
  })

  it('takes nothing over from a claim but its five members', () => {
    expect(readLogin(withClaim({ admin: true }))?.claim).toEqual(claim)
  })

  it('carries the challenge beside what it signs', () => {
    const challenge = randomBytes(BINDING_BYTES)
    const signed = signLogin({ claim, binding: challenge, privateKey, challenge })
    expect(signed[CHALLENGE_HEADER]).toBe(challenge.toString('base64url'))
    expect(headers[CHALLENGE_HEADER]).toBeUndefined()
  })
})
