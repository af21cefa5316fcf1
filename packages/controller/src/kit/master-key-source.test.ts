import { expect, test } from 'vitest'
import { MasterKeyError } from './master-key.ts'
import { parseKey, readMasterKey } from './master-key-source.ts'

const KEY = Buffer.from('0123456789abcdef0123456789ABCDEF')
const hex = KEY.toString('hex')
const base64 = KEY.toString('base64')
const from = (source: { readonly value?: string; readonly command?: string }) =>
  readMasterKey({ ...source, file: '/nowhere/master.key' }, { create: false })

test('a master key is read as hexadecimal and as base64, and no other text is one', () => {
  for (const text of [hex, hex.toUpperCase(), base64, base64.slice(0, -1), ` ${hex}\n`])
    expect(Buffer.from(parseKey(text) ?? [])).toEqual(KEY)
  for (const text of ['', 'x', hex.slice(1), `${hex}00`, base64.slice(1), `${base64}AA`, hex.replace('3', 'g')])
    expect(parseKey(text)).toBeUndefined()
})

test('a master key comes from the environment or from what a command prints, raw or as text', async () => {
  expect(Buffer.from(await from({ value: base64 }))).toEqual(KEY)
  for (const command of [`printf %s ${KEY.toString()}`, `echo ${hex}`, `echo ${base64}; echo warning >&2`])
    expect(Buffer.from(await from({ command }))).toEqual(KEY)
})

test('what is no key is told with its reason, and never with what was read', async () => {
  const refusals: readonly [{ value?: string; command?: string }, string][] = [
    [{ value: 'hunter2' }, 'MUSTER_MASTER_KEY is not a key: 64 hexadecimal digits, or 32 bytes in base64.'],
    [
      { command: 'true' },
      'The master key command printed 0 bytes that are no key: 32 bytes, or these in hexadecimal or base64.',
    ],
    [
      { command: 'echo hunter2' },
      'The master key command printed 8 bytes that are no key: 32 bytes, or these in hexadecimal or base64.',
    ],
    [
      { command: 'echo "the vault is sealed" >&2; exit 3' },
      'The master key command gave no key: it ended with 3: the vault is sealed.',
    ],
    [{ command: 'head -c 9000 /dev/zero' }, 'The master key command gave no key: it printed more than 4096 bytes.'],
    [
      {},
      'There is no master key file /nowhere/master.key. Restore it: what this store has sealed opens with no other.',
    ],
  ]
  for (const [source, text] of refusals) {
    const error = await from(source).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(MasterKeyError)
    expect(error).toMatchObject({ message: text })
  }
})
