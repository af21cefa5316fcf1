import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../packages/controller/src/db/testing/postgres.ts'
import { startController, type TestController } from './controller.ts'
import { ownPort } from './port.ts'

/** Controllers on one private PostgreSQL, with one folder of objects and one master key. */
export interface TestPeers extends AsyncDisposable {
  readonly controllers: readonly [TestController, TestController]
  readonly urls: readonly string[]
  /** A connection string of the database, for a third one. */
  readonly database: string
  readonly shared: string
  /** The controller at whose link a node is, by the controllers' own logs; undefined when at none. */
  holderOf(nodeId: string): TestController | undefined
}

export async function startPeers(env: Readonly<Record<string, string>> = {}): Promise<TestPeers> {
  const shared = await mkdtemp(join(tmpdir(), 'muster-shared-'))
  const server = await startPostgres()
  const database = await server.createDatabase()
  const start = async (): Promise<TestController> => {
    const url = `http://127.0.0.1:${await ownPort()}`
    return startController({ ...peerOptions({ database, shared }, url), env })
  }
  const controllers = [await start(), await start()] as const
  return {
    controllers,
    database,
    shared,
    get urls() {
      return controllers.map(({ url }) => url)
    },
    holderOf: (nodeId) => controllers.find((controller) => isLinked(controller, nodeId)),
    async [Symbol.asyncDispose]() {
      for (const controller of controllers) await controller[Symbol.asyncDispose]()
      await server.dropDatabase(database)
      await rm(shared, { recursive: true, force: true })
    },
  }
}

/** How a further controller of the same database is started. */
export const peerOptions = ({ database, shared }: Pick<TestPeers, 'database' | 'shared'>, url: string) => ({
  database,
  listen: [url],
  args: ['--peer-url', url, '--objects', join(shared, 'objects'), '--master-key-file', join(shared, 'master.key')],
})

interface LinkLine {
  readonly nodeId?: string
  readonly msg?: string
}

function isLinked({ program }: TestController, nodeId: string): boolean {
  const last = program.log.findLast((line) => line.includes(nodeId) && /hub: (node connected|link ends)/.test(line))
  return last !== undefined && (JSON.parse(last) as LinkLine).msg === 'hub: node connected'
}
