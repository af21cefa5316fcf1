import { expect, it } from 'vitest'
import { suites } from '../../scripts/suites/suites.ts'
import { isTest, readSources } from './sources.ts'

it('runs every test file in exactly one suite', () => {
  const files = [...readSources('packages'), ...readSources('test')].filter(({ path }) => isTest(path))
  const folders = suites.flatMap((suite) => suite.folders)
  const wrong = files.filter(({ path }) => folders.filter((folder) => path.startsWith(`${folder}/`)).length !== 1)
  expect(wrong.map(({ path }) => path)).toEqual([])
})
