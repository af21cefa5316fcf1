import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../../rig/controller.ts'
import { postSigned, type Reply } from '../signed.ts'
import { type Case, casesOf, pairsOf } from './cases.ts'
import { findRaw, type RawOperation, rawOperations } from './model-file.ts'
import { expectedText } from './oracle.ts'
import { randomBodies } from './random-bodies.ts'

const RANDOM_BODIES = 20
const given = process.env['MUSTER_SEED']
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given)

/** Where the service has an error of its own for a malformed id. */
const OWN_CODES: Readonly<Record<string, string>> = { DeleteActivation: 'InvalidActivationId' }

/** Errors that any operation may answer. */
const COMMON: ReadonlySet<string> = new Set([
  'ValidationException',
  'SerializationException',
  'AccessDeniedException',
  'ThrottlingException',
])

// The model says under which name this error has its text.
const [textMember = ''] = Object.keys(findRaw('ValidationException').members ?? {})

let controller: TestController
const told = { cases: 0, operations: 0 }

beforeAll(async () => {
  controller = await startController()
})
afterAll(() => controller[Symbol.asyncDispose]())

const isBuilt = async ({ target }: RawOperation): Promise<boolean> =>
  (await postSigned(controller, target, '{}')).json['__type'] !== 'UnknownOperationException'

/** Asks several at a time, as clients do, and answers what each was told. */
async function askAll<T>(target: string, items: readonly T[], bodyOf: (item: T) => unknown): Promise<Map<T, Reply>> {
  const replies = new Map<T, Reply>()
  const left = items[Symbol.iterator]()
  const askOn = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next())
      replies.set(next.value, await postSigned(controller, target, JSON.stringify(bodyOf(next.value))))
  }
  await Promise.all([askOn(), askOn(), askOn(), askOn()])
  return replies
}

/** What is wrong in an answer, with the seed or the place that it came from. */
async function findWrong(operation: RawOperation, cases: readonly Case[]): Promise<readonly object[]> {
  const code = OWN_CODES[operation.name] ?? 'ValidationException'
  const replies = await askAll(operation.target, cases, ({ body }) => body)
  return [...replies].flatMap(([{ title, body }, { status, json, text }]) => {
    const expected = expectedText(operation, body)
    const isExact = status === 400 && json['__type'] === code && json[textMember] === expected
    return isExact ? [] : [{ title, expected, answered: `${status} ${text.slice(0, 2000)}` }]
  })
}

describe.each(rawOperations.map((operation): [string, RawOperation] => [operation.name, operation]))(
  '%s',
  (_, operation) => {
    it('names each constraint that is broken, alone and with another, in the service’s words', async () => {
      if (!(await isBuilt(operation))) return
      const cases = casesOf(operation)
      told.cases += cases.length
      told.operations += 1
      expect(await findWrong(operation, cases)).toEqual([])
      expect(await findWrong(operation, pairsOf(cases))).toEqual([])
    }, 120_000)

    it(`answers bodies of chance (seed ${seed}) with its own errors or the common ones, never with 500`, async () => {
      if (!(await isBuilt(operation))) return
      const replies = await askAll(operation.target, randomBodies(operation, RANDOM_BODIES, seed), (body) => body)
      const allowed = new Set([...COMMON, ...operation.errors])
      const wrong = [...replies].flatMap(([body, { status, json, text }]) =>
        status === 200 || (status === 400 && allowed.has(String(json['__type'])))
          ? []
          : [{ body: JSON.stringify(body), answered: `${status} ${text.slice(0, 500)}` }],
      )
      expect(wrong).toEqual([])
    }, 120_000)
  },
)

it('has asked every built operation a good number of times', () => {
  expect(told.operations).toBeGreaterThanOrEqual(23)
  expect(told.cases).toBeGreaterThan(300)
})
