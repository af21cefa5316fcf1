import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresAvailable } from '../../../packages/controller/src/db/testing/postgres.ts'
import { noteSkip } from '../../../packages/controller/src/db/testing/stores.ts'
import { startController } from '../../rig/controller.ts'
import { peerOptions, startPeers, type TestPeers } from '../../rig/peers.ts'
import { ownPort } from '../../rig/port.ts'

const PATIENCE_MS = 240_000

const suite = (): void => {
  let peers: TestPeers
  beforeAll(async () => {
    peers = await startPeers()
  }, PATIENCE_MS)
  afterAll(() => peers[Symbol.asyncDispose](), PATIENCE_MS)

  /** What it says when it does not start. */
  const refusal = async (options: Parameters<typeof startController>[0]): Promise<string> => {
    try {
      await using controller = await startController(options)
      return `started at ${controller.url}`
    } catch (error) {
      return String(error)
    }
  }
  const url = async () => `http://127.0.0.1:${await ownPort()}`
  const keyFile = () => ['--master-key-file', join(peers.shared, 'master.key')]

  test('a controller that knows of no others does not start while others serve the database', async () => {
    const said = await refusal({ database: peers.database, args: keyFile() })
    expect(said).toMatch(/ended with 78.*other controllers serve this database/s)
  })

  test('several controllers need a database that they can share', async () => {
    const own = await url()
    const said = await refusal({ listen: [own], args: ['--peer-url', own, '--objects', join(peers.shared, 'objects')] })
    expect(said).toMatch(/ended with 78.*several controllers need PostgreSQL/s)
  })

  test('several controllers need a named folder of objects', async () => {
    const own = await url()
    const said = await refusal({ database: peers.database, listen: [own], args: ['--peer-url', own, ...keyFile()] })
    expect(said).toMatch(/ended with 78.*name the shared folder by --objects/s)
  })

  test('a folder of objects that the others do not see is refused', async () => {
    const own = await url()
    const args = ['--peer-url', own, '--objects', join(peers.shared, 'private'), ...keyFile()]
    const said = await refusal({ database: peers.database, listen: [own], args })
    expect(said).toMatch(/ended with 78.*is not the folder that the other controllers/s)
  })

  test('another master key is refused', async () => {
    const own = await url()
    const args = ['--peer-url', own, '--objects', join(peers.shared, 'objects')]
    const said = await refusal({ database: peers.database, listen: [own], args })
    expect(said).toMatch(/ended with 78.*master key/s)
  })

  test('a peer address that is http is refused on another address than loopback', async () => {
    const options = peerOptions(peers, await url())
    const args = options.args.with(1, 'http://192.0.2.1:8080')
    expect(await refusal({ ...options, args })).toMatch(/ended with 78.*use https:/s)
  })

  test('all controllers have the same authority, which hosts pin', async () => {
    const start = async () => {
      const own = `https://127.0.0.1:${await ownPort()}`
      const options = peerOptions(peers, own)
      return startController({ ...options, listen: [own, await url()] })
    }
    await using third = await start()
    await using fourth = await start()
    const [one, other] = await Promise.all(
      [third, fourth].map(({ data }) => readFile(join(data, 'pki/ca.pem'), 'utf8')),
    )
    expect(one).toBe(other)
  })
}

const state = postgresAvailable()
if (state.available) describe('a controller among others', { timeout: PATIENCE_MS }, suite)
else noteSkip('a controller among others', state.reason)
