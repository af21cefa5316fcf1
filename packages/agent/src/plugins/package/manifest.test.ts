import { expect, test } from 'vitest'
import { chooseFile, type Manifest, toPackageHost } from './manifest.ts'

const sha256 = 'a'.repeat(64)
const manifest: Manifest = {
  version: '1.0',
  packages: {
    debian: { '12': { x86_64: { file: 'deb12.zip' } }, _any: { arm64: { file: 'arm.zip' } } },
    redhat: { '9.*': { _any: { file: 'el9.zip' } }, '9.2.*': { _any: { file: 'el92.zip' } } },
    _any: { _any: { x86_64: { file: 'any.zip' } } },
  },
  files: Object.fromEntries(
    ['deb12', 'arm', 'el9', 'el92', 'any'].map((name) => [`${name}.zip`, { checksums: { sha256 } }]),
  ),
}

test.each([
  ['debian', '12', 'x86_64', 'deb12.zip'],
  ['debian', '12', 'aarch64', 'arm.zip'],
  ['debian', '11', 'x86_64', 'any.zip'],
  ['rhel', '9', 'x86_64', 'el9.zip'],
  ['rhel', '9.4', 'x86_64', 'el9.zip'],
  ['rhel', '9.2.1', 'aarch64', 'el92.zip'],
  ['rhel', '90', 'x86_64', 'any.zip'],
  ['ubuntu', '24.04', 'x86_64', 'any.zip'],
])('%s %s on %s gets %s', (id, version, architecture, file) => {
  expect(chooseFile(manifest, toPackageHost(id, version, architecture))).toEqual({ file, sha256 })
})

test.each([
  ['toString', '1', 'x86_64'],
  ['debian', '12', 'i386'],
])('%s %s on %s gets nothing, or what is for all', (id, version, architecture) => {
  const { packages, ...rest } = manifest
  const { _any, ...named } = packages
  const chosen = chooseFile({ ...rest, packages: named }, toPackageHost(id, version, architecture))
  expect(chosen).toBe(`the package has nothing for ${id.toLowerCase()} ${version} on ${architecture}`)
})

test('a file without a hash is none', () => {
  const files = { 'any.zip': { checksums: { sha256: 'x' } } }
  expect(
    chooseFile(
      { ...manifest, packages: { _any: { _any: { _any: { file: 'any.zip' } } } }, files },
      toPackageHost('a', '1', 'x86_64'),
    ),
  ).toBe('the manifest has no SHA-256 of any.zip')
})
