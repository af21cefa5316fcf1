import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { type Bus, openBus } from '#db/index.ts'
import { postgresAvailable } from '#db/testing/postgres.ts'
import { noteSkip, openPostgresPlace } from '#db/testing/stores.ts'

const heardBy = (bus: Bus): string[] => {
  const heard: string[] = []
  bus.subscribe((text) => void heard.push(text))
  return heard
}

/** Publishes again until it is heard: a bus promises nothing about a single text. */
const publishUntil = async (bus: Bus, text: string, heard: readonly string[]): Promise<void> => {
  for (const end = Date.now() + 60_000; !heard.includes(text); ) {
    if (Date.now() > end) throw new Error(`${text} was never heard`)
    bus.publish(text)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const suite = () => {
  test('tells everyone on the same database, the sender too', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using one = await openBus(url)
    await using other = await openBus(url)
    const [own, others] = [heardBy(one), heardBy(other)]
    await publishUntil(one, 'a hint', others)
    expect(new Set([...own, ...others])).toEqual(new Set(['a hint']))
  })

  test('works again after its session was ended', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using bus = await openBus(url)
    const heard = heardBy(bus)
    await publishUntil(bus, 'before', heard)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'muster hints'
      and datname = current_database()`)
    await client.end()
    await publishUntil(bus, 'after', heard)
  })

  test('is closed while there is no database to reach', async () => {
    await using bus = await openBus('postgres://muster@127.0.0.1:1/none')
    bus.publish('to nobody')
    expect(() => bus.publish('x'.repeat(8000))).toThrow(RangeError)
  })
}

const state = postgresAvailable()
if (state.available) describe('the bus between controllers', { timeout: 120_000 }, suite)
else noteSkip('the bus between controllers', state.reason)
