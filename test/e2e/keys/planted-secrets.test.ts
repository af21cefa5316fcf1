import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '../../../packages/controller/src/db/index.ts'
import { describeEngines } from '../../../packages/controller/src/db/testing/stores.ts'
import { startController } from '../../rig/controller.ts'

const SECRETS = Array.from({ length: 200 }, (_, index) => `planted/"${index}"\\&secret+${(index * 7919).toString(36)}`)

/** How a text may stand in a row or a log: as it is, in JSON, in a URL, in hexadecimal, and in base64 at any offset. */
const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), bytes.toString('hex'), ...inside]
}

const foundIn = (text: string): readonly string[] =>
  SECRETS.filter((secret) => formsOf(secret).some((form) => text.includes(form)))

type Catalogue = {
  sqlite_schema: { name: string; type: string }
  'information_schema.tables': { table_name: string; table_schema: string }
}

async function tablesOf({ dialect, read }: Database): Promise<readonly string[]> {
  const catalogue = read.withTables<Catalogue>()
  const query =
    dialect.name === 'sqlite'
      ? catalogue.selectFrom('sqlite_schema').select('name').where('type', '=', 'table')
      : catalogue
          .selectFrom('information_schema.tables')
          .select('table_name as name')
          .where('table_schema', '=', 'public')
  return (await query.execute()).map(({ name }) => name)
}

/** Every value of every table, as one text; a byte is a character of it. */
async function dump(url: string): Promise<string> {
  await using db = await openDatabase(url, {
    onFatal(error) {
      throw error
    },
  })
  const texts: string[] = []
  for (const name of await tablesOf(db))
    for (const row of await db.read.withTables<Record<string, object>>().selectFrom(name).selectAll().execute())
      for (const value of Object.values(row))
        texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))
  return texts.join('\n')
}

test('a secret is found in each form that it may have', () => {
  const [secret = ''] = SECRETS
  for (const form of formsOf(secret)) expect(foundIn(`x${form}y`)).toEqual([secret])
})

describeEngines('the store', (engine) => {
  test('holds none of 200 secrets that were put, read, put again and wrapped anew', async () => {
    await using place = await engine.place()
    const url = await place.url()
    await using controller = await startController({ database: url, env: { MUSTER_LOG_LEVEL: 'debug' } })
    const put = (index: number, Value: string) =>
      controller.call('PutParameter', {
        ...{ Name: `/planted/${index}`, Type: 'SecureString', Value, Overwrite: true, Description: 'of the test' },
      })
    for (const [index, secret] of SECRETS.entries()) await put(index, secret)
    for (const [index] of SECRETS.entries()) if (index % 4 === 0) await put(index, SECRETS[(index + 1) % 200] ?? '')
    const { Parameter } = await controller.call('GetParameter', { Name: '/planted/1', WithDecryption: true })
    expect(Parameter?.Value).toBe(SECRETS[1])
    const { Parameters = [] } = await controller.call('GetParameterHistory', {
      ...{ Name: '/planted/0', WithDecryption: true },
    })
    expect(Parameters.map(({ Value }) => Value)).toEqual([SECRETS[0], SECRETS[1]])
    const { KeyMetadata } = await controller.call('DescribeKey', { KeyId: 'alias/aws/ssm' })
    await controller.call('RotateKeyOnDemand', { KeyId: KeyMetadata?.KeyId ?? '' })
    await controller.call('DeleteParameter', { Name: '/planted/5' })
    await controller.stop('SIGTERM')

    const rows = await dump(url)
    expect(rows).toContain('/planted/199')
    expect(foundIn(rows)).toEqual([])
    expect(foundIn(controller.program.log.join('\n'))).toEqual([])
    // Pages that are free again are in the file too.
    if (url.startsWith('sqlite:'))
      expect(foundIn((await readFile(url.slice('sqlite:'.length))).toString('latin1'))).toEqual([])
    const key = await readFile(join(controller.data, 'master.key'))
    expect(rows.includes(key.toString('latin1'))).toBe(false)
  }, 240_000)
})
