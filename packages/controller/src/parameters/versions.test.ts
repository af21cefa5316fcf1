import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { MAX_VERSIONS } from './parameter.ts'
import { countOf } from './store.ts'
import { openParameters, type ParametersStand } from './testing/open-parameters.ts'

const Name = '/v'

type Step =
  | { readonly kind: 'put' }
  | { readonly kind: 'label' | 'unlabel'; readonly back: number; readonly labels: readonly string[] }

const labels = fc.uniqueArray(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', '1x', 'aws-x', 'SSM', 'a/b'),
  { minLength: 1, maxLength: 10 },
)
// Versions are named from the latest backwards, so that most of them are there.
const back = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 95, max: 101 }))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'put' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('label' as const), back, labels }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlabel' as const), back, labels }) },
)

/** What versions and labels are, as plainly as it can be said. */
class Model {
  readonly versions: { number: number; labels: string[] }[] = []

  put(): string {
    const oldest = this.versions[0]
    const number = (this.versions.at(-1)?.number ?? 0) + 1
    if (this.versions.length === MAX_VERSIONS && oldest) {
      if (oldest.labels.length > 0) return 'ParameterMaxVersionLimitExceeded'
      this.versions.shift()
    }
    this.versions.push({ number, labels: [] })
    return `version ${number}`
  }

  label(number: number, given: readonly string[]): string {
    const version = this.versions.find((each) => each.number === number)
    if (!version) return 'ParameterVersionNotFound'
    const invalid = given.filter((label) => /^[0-9]|^aws|^ssm|\//i.test(label))
    const valid = given.filter((label) => !invalid.includes(label))
    if (new Set([...version.labels, ...valid]).size > 10) return 'ParameterVersionLabelLimitExceeded'
    for (const each of this.versions) each.labels = each.labels.filter((label) => !valid.includes(label))
    version.labels.push(...valid)
    return `on ${number}, invalid ${invalid}`
  }

  unlabel(number: number, given: readonly string[]): string {
    const version = this.versions.find((each) => each.number === number)
    if (!version) return 'ParameterVersionNotFound'
    const removed = given.filter((label) => version.labels.includes(label))
    version.labels = version.labels.filter((label) => !removed.includes(label))
    return `removed ${removed}, invalid ${given.filter((label) => !removed.includes(label))}`
  }
}

async function answered<T>(call: () => Promise<T>, words: (answer: T) => string): Promise<string> {
  try {
    return words(await call())
  } catch (error) {
    return /"__type":"(\w+)"/.exec(String(error))?.[1] ?? String(error)
  }
}

const put = (stand: ParametersStand) =>
  answered(
    () => stand.call('PutParameter', { Name, Value: 'v', Type: 'String', Overwrite: true }),
    ({ Version }) => `version ${Version}`,
  )

async function take(stand: ParametersStand, model: Model, taken: Step): Promise<void> {
  if (taken.kind === 'put') {
    expect(await put(stand)).toBe(model.put())
    return
  }
  const ParameterVersion = (model.versions.at(-1)?.number ?? 0) - taken.back
  const input = { Name, ParameterVersion, Labels: [...taken.labels] }
  if (taken.kind === 'label')
    expect(
      await answered(
        () => stand.call('LabelParameterVersion', input),
        (answer) => `on ${answer.ParameterVersion}, invalid ${answer.InvalidLabels}`,
      ),
    ).toBe(model.label(ParameterVersion, taken.labels))
  else
    expect(
      await answered(
        () => stand.call('UnlabelParameterVersion', input),
        (answer) => `removed ${answer.RemovedLabels}, invalid ${answer.InvalidLabels}`,
      ),
    ).toBe(model.unlabel(ParameterVersion, taken.labels))
}

async function history(stand: ParametersStand): Promise<{ number: number; labels: string[] }[]> {
  const found: { number: number; labels: string[] }[] = []
  let NextToken: string | undefined
  do {
    const page = await stand.call('GetParameterHistory', { Name, ...(NextToken && { NextToken }) })
    for (const { Version = 0, Labels = [] } of page.Parameters ?? [])
      found.push({ number: Version, labels: [...Labels] })
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}

const sorted = (versions: readonly { number: number; labels: string[] }[]) =>
  versions.map(({ number, labels: given }) => ({ number, labels: [...given].sort() }))

describeStores('versions and labels', (openStore) => {
  test('are what a plain model of them says, also where the oldest version has to go', {
    timeout: 300_000,
  }, async () => {
    await using stand = await openParameters(await openStore())
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
          const model = new Model()
          for (let made = 0; made < MAX_VERSIONS - 2; made++) {
            model.put()
            await put(stand)
          }
          for (const taken of steps) await take(stand, model, taken)
          expect(sorted(await history(stand))).toEqual(sorted(model.versions))
        })
        .afterEach(async () => void (await stand.call('DeleteParameters', { Names: [Name] }))),
      { numRuns: 4, endOnFailure: true },
    )
  })

  test('stay within ten labels a version, and a label moves', async () => {
    await using stand = await openParameters(await openStore())
    await put(stand)
    await put(stand)
    const ten = Array.from({ length: 10 }, (_, index) => `l${index}`)
    const label = (ParameterVersion: number, ...Labels: string[]) => ({ Name, ParameterVersion, Labels })
    await stand.call('LabelParameterVersion', label(1, ...ten))
    await stand.call('LabelParameterVersion', label(1, 'l0', 'l9'))
    expect(await stand.refused('LabelParameterVersion', label(1, 'l0', 'more'))).toMatchObject({
      ...{ code: 'ParameterVersionLabelLimitExceeded' },
    })
    await stand.call('LabelParameterVersion', label(2, 'l0'))
    await stand.call('LabelParameterVersion', label(1, 'more'))
    expect(sorted(await history(stand))).toEqual([
      { number: 1, labels: [...ten.slice(1), 'more'].sort() },
      { number: 2, labels: ['l0'] },
    ])
  })

  test('keep the oldest of a hundred while it has a label, and drop it once it has none', async () => {
    await using stand = await openParameters(await openStore())
    for (let made = 0; made < MAX_VERSIONS; made++) await put(stand)
    await stand.call('LabelParameterVersion', { Name, ParameterVersion: 1, Labels: ['kept'] })
    expect(await put(stand)).toBe('ParameterMaxVersionLimitExceeded')
    await stand.call('UnlabelParameterVersion', { Name, ParameterVersion: 1, Labels: ['kept'] })
    expect(await put(stand)).toBe('version 101')
    expect((await history(stand)).map(({ number }) => number)).toEqual(
      Array.from({ length: MAX_VERSIONS }, (_, index) => index + 2),
    )
  })

  test('of two writers at the same time are all there', { timeout: 120_000 }, async () => {
    await using stand = await openParameters(await openStore())
    const values = Array.from({ length: 8 }, (_, index) => `value ${index}`)
    const answers = await Promise.all(
      values.map((Value) => stand.call('PutParameter', { Name, Value, Type: 'String', Overwrite: true })),
    )
    expect(answers.map(({ Version = 0 }) => Version).sort((a, b) => a - b)).toEqual(values.map((_, index) => index + 1))
    const { Parameters = [] } = await stand.call('GetParameterHistory', { Name })
    expect(Parameters.map(({ Value }) => Value).sort()).toEqual([...values].sort())
  })

  test('of many made at the same time are counted', { timeout: 120_000 }, async () => {
    await using stand = await openParameters(await openStore())
    const names = Array.from({ length: 8 }, (_, index) => `/many/${index}`)
    await Promise.all(names.map((each) => stand.call('PutParameter', { Name: each, Value: 'v', Type: 'String' })))
    await stand.call('PutParameter', { Name: '/many/0', Value: 'v', Tier: 'Advanced', Overwrite: true })
    await stand.call('DeleteParameters', { Names: names.slice(1, 3) })
    expect([await countOf(stand.db.read, 'Standard'), await countOf(stand.db.read, 'Advanced')]).toEqual([5, 1])
  })

  test('are at most as many as a tier has, counted by what is stored', async () => {
    await using stand = await openParameters(await openStore())
    const put = (name: string) => ({ Name: name, Value: 'v', Type: 'String' as const })
    await stand.call('PutParameter', put('first'))
    type Rows = { parameter_count: { tier: string; part: number; count: number } }
    await stand.db.write((tx) =>
      tx
        .withTables<Rows>()
        .insertInto('parameter_count')
        .values({ tier: 'Standard', part: 999, count: 9_998 })
        .execute(),
    )
    await stand.parameters.ready()
    await stand.call('PutParameter', put('last'))
    expect(await stand.refused('PutParameter', put('more'))).toMatchObject({ code: 'ParameterLimitExceeded' })
    expect(await stand.call('PutParameter', { ...put('more'), Tier: 'Intelligent-Tiering' })).toMatchObject({
      ...{ Tier: 'Advanced' },
    })
    await stand.call('DeleteParameter', { Name: 'first' })
    await stand.call('PutParameter', put('again'))
  })
})
