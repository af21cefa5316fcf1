import { expect, it } from 'vitest'
import { localUrl } from './local-access.ts'

it('prefers a plain listener, which has no certificate to doubt', () => {
  expect(localUrl(['https://10.0.0.1:8443', 'http://127.0.0.1:8080'])).toBe('http://127.0.0.1:8080')
})

it('reaches a listener on all addresses by one that stands in the certificate', () => {
  expect(localUrl(['https://0.0.0.0:8443'])).toBe('https://127.0.0.1:8443')
  expect(localUrl(['https://[::]:8443'])).toBe('https://[::1]:8443')
})
