import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase, SchemaTooNew, StoreUnusable } from './index.ts'
import { createTable } from './migrations/columns.ts'
import type { Migration } from './migrations/index.ts'
import { describeEngines } from './testing/stores.ts'

const aStep = (number: number, name = `step_${number}`): Migration => ({
  number,
  name,
  async up(db, { id }) {
    await createTable(db)(name, { id: id() }, { primary: ['id'] })
  },
})

const onFatal = (error: Error) => {
  throw error
}

const open = (url: string, migrations: readonly Migration[]) =>
  openDatabase(url, { onFatal, readers: 1, migrations, now: () => 1_000 })

const applied = async (url: string, known: readonly Migration[]) => {
  await using db = await open(url, known)
  const { rows } = await sql`select number, name, applied_at from schema_migration order by number`.execute(db.read)
  return rows
}

describeEngines('migrations', (engine) => {
  test('are taken in order, once each, and go on from where the database is', async () => {
    await using place = await engine.place()
    const url = await place.url()
    const expected = [1, 2, 3].map((number) => ({ number, name: `step_${number}`, applied_at: 1_000 }))
    expect(await applied(url, [aStep(1)])).toEqual(expected.slice(0, 1))
    expect(await applied(url, [aStep(1), aStep(2), aStep(3)])).toEqual(expected)
    expect(await applied(url, [aStep(1), aStep(2), aStep(3)])).toEqual(expected)
  })

  test('leave nothing of a step that fails, and take it at the next start', async () => {
    await using place = await engine.place()
    const url = await place.url()
    const broken: Migration = {
      ...aStep(2),
      async up(db, columns) {
        await aStep(2).up(db, columns)
        throw new Error('power cut')
      },
    }
    await expect(open(url, [aStep(1), broken])).rejects.toThrow('power cut')
    expect(await applied(url, [aStep(1), aStep(2)])).toHaveLength(2)
  })

  test('refuse a database of a newer release by naming both versions, and leave it alone', async () => {
    await using place = await engine.place()
    const url = await place.url()
    await applied(url, [aStep(1), aStep(7)])
    const refused = open(url, [aStep(1), aStep(2)])
    await expect(refused).rejects.toThrow(SchemaTooNew)
    await expect(refused).rejects.toThrow('schema version 7, and this release knows versions up to 2')
    expect(await applied(url, [aStep(1), aStep(7)])).toHaveLength(2)
  })

  test('refuse a database whose step has another name', async () => {
    await using place = await engine.place()
    const url = await place.url()
    await applied(url, [aStep(1, 'theirs')])
    await expect(open(url, [aStep(1, 'ours')])).rejects.toThrow(StoreUnusable)
  })

  test('run once when several open the database at the same moment', async () => {
    await using place = await engine.place()
    for (let round = 0; round < 3; round++) {
      const url = await place.url()
      const steps = [aStep(1), aStep(2), aStep(3)]
      const results = await Promise.allSettled(Array.from({ length: 4 }, () => open(url, steps)))
      for (const result of results) if (result.status === 'fulfilled') await result.value[Symbol.asyncDispose]()
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
      expect(await applied(url, steps)).toHaveLength(3)
    }
  })

  test('run once when several processes start at the same moment', async () => {
    await using place = await engine.place()
    const url = await place.url()
    const program = `
      const { openDatabase } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
      const db = await openDatabase(${JSON.stringify(url)}, { onFatal: (error) => { throw error } })
      await db[Symbol.asyncDispose]()`
    const starts = Array.from({ length: 3 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let text = ''
      child.stderr.on('data', (chunk) => {
        text += chunk
      })
      const [code] = await once(child, 'close')
      return { code, text }
    })
    for (const result of await Promise.all(starts)) expect(result).toEqual({ code: 0, text: '' })
  })
})
