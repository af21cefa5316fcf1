import { expect, test } from 'vitest'
import { checkBindings } from './bindings.ts'
import { isConflict, isDamage, SqliteError } from './errors.ts'
import { BadBinding, CommitUnknown, isDuplicate, isStoreFault, openDatabase, StoreBusy, StoreLost } from './index.ts'

const postgresError = (code: string) => Object.assign(new Error('refused'), { severity: 'ERROR', code })

test.each([
  [new SqliteError('database or disk is full', 13), true],
  [new SqliteError('disk I/O error', 1034), true],
  [new SqliteError('UNIQUE constraint failed: meta.key', 1555), false],
  [new SqliteError('datatype mismatch', 20), false],
  [new StoreLost('gone'), true],
  [new StoreBusy('later'), true],
  [new CommitUnknown(new Error('x')), true],
  [new Error('wrapped', { cause: new StoreLost('gone') }), true],
  [new BadBinding('a Date'), false],
  [new TypeError('a bug of ours'), false],
  [Object.assign(new TypeError('a bug of ours'), { code: 'ERR_INVALID_ARG_TYPE' }), false],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
  [new Error('Connection terminated unexpectedly'), true],
  [postgresError('53100'), true],
  [postgresError('57014'), true],
  [postgresError('25006'), true],
  [postgresError('40001'), true],
  [postgresError('23505'), false],
  [postgresError('22003'), false],
  ['text', false],
  [undefined, false],
])('tells a failed store from a bad record: %s', (error, expected) => {
  expect(isStoreFault(error)).toBe(expected)
})

test('calls an unreachable server a fault of the store', async () => {
  const onFatal = () => undefined
  const problem = await openDatabase('postgres://muster@127.0.0.1:1/x', { onFatal }).catch((error: unknown) => error)
  expect(isStoreFault(problem)).toBe(true)
  expect(problem).toMatchObject({
    message: 'The PostgreSQL database cannot be opened: connect ECONNREFUSED 127.0.0.1:1.',
  })
})

test('goes by code, never by text', () => {
  expect(isDuplicate(new Error('duplicate key value violates unique constraint'))).toBe(false)
  expect(isDuplicate(new Error('insert failed', { cause: postgresError('23505') }))).toBe(true)
  expect(isConflict(postgresError('40P01'))).toBe(true)
  expect(isConflict(postgresError('23505'))).toBe(false)
  expect(isDamage(new SqliteError('malformed', 11))).toBe(true)
  expect(isDamage(new SqliteError('locked', 5))).toBe(false)
})

test('survives an error that is its own cause', () => {
  const error = new Error('round')
  error.cause = error
  expect(isStoreFault(error)).toBe(false)
})

test('gives the thread the bytes of a view, not the pool behind it', () => {
  const [bound] = checkBindings([Buffer.from('small')])
  expect((bound as Uint8Array).buffer.byteLength).toBe(5)
})
