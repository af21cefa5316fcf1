import { expect, it } from 'vitest'
import { isTest, readSources, type Source } from './sources.ts'

// One door per library: only these paths may import it.
const DOORS: Readonly<Record<string, RegExp>> = {
  fastify: /^packages\/controller\/src\/api\//,
  ws: /^packages\/(agent|controller)\/src\/link\//,
  kysely: /^packages\/controller\/src\/(db\/|[a-z]+\/([a-z-]*store|[a-z-]*tables)\.ts$|[a-z]+\/store\/)/,
  pg: /^packages\/controller\/src\/db\//,
  'node:sqlite': /^packages\/controller\/src\/db\//,
  protobufjs: /^packages\/protocol\/src\/link\//,
  execa: /^packages\/agent\/src\/platform\//,
  systeminformation: /^packages\/agent\/src\/platform\//,
  'node:child_process': /^packages\/(agent\/src\/platform\/|controller\/src\/kit\/master-key-source\.ts$)/,
  'node-cron': /^packages\/(protocol\/src\/schedule|controller\/src\/kit)\//,
  re2js: /^packages\/protocol\/src\/kit\//,
  yaml: /^packages\/protocol\/src\/documents\//,
  pino: /^packages\/(agent|controller)\/src\/kit\//,
  'prom-client': /^packages\/controller\/src\/(kit|api)\//,
  '@smithy/signature-v4': /^packages\/controller\/src\/objects\//,
  'modern-tar': /^packages\/agent\/src\/plugins\/archive\//,
  yauzl: /^packages\/agent\/src\/plugins\/archive\//,
  '@peculiar/x509': /^packages\/controller\/src\/pki\//,
}

const production = readSources('packages').filter(({ path }) => !isTest(path))

it('lets each library in through one door', () => {
  expect(production.flatMap(wrongDoors)).toEqual([])
})

function wrongDoors({ path, imports }: Source): string[] {
  return imports.filter(({ from }) => DOORS[from] && !DOORS[from].test(path)).map(({ from }) => `${path} -> ${from}`)
}

it('imports no library without a door', () => {
  const unknown = production.flatMap(({ path, imports }) =>
    imports
      .map(({ from }) => from)
      .filter(
        (from) =>
          !/^[.#]|^node:|^@muster\//.test(from) && !DOORS[from.replace(/\/(minimal|dist)?.*$/, '')] && !DOORS[from],
      )
      .map((from) => `${path} -> ${from}`),
  )
  expect(unknown).toEqual([])
})

it('reads the environment only in configuration and entry files', () => {
  const readers = production.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path)
  expect(readers.filter((path) => !/\/src\/(config|main)\.ts$/.test(path))).toEqual([])
})

it('replaces no module in tests', () => {
  const mocking = [...readSources('packages'), ...readSources('test')].filter(
    ({ text, path }) => /\bvi\s*\.\s*(mock|doMock)\(/.test(text) && !path.startsWith('test/architecture'),
  )
  expect(mocking.map(({ path }) => path)).toEqual([])
})
