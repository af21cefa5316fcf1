import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../packages/controller/src/db/testing/postgres.ts'
import { startAgent, type TestAgent } from './agent.ts'
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
    holderOf: (nodeId) => holderAmong(controllers, nodeId),
    async [Symbol.asyncDispose]() {
      for (const controller of controllers) await controller[Symbol.asyncDispose]()
      await server.dropDatabase(database)
      await rm(shared, { recursive: true, force: true })
    },
  }
}

const MOST_AGENTS = 20

/** Agents that know both controllers, as many as it takes until each controller has one: where one begins is chance. */
export async function startAgentsOnBoth(peers: TestPeers): Promise<TestAgent[]> {
  const agents: TestAgent[] = []
  const held = () => new Set(agents.map(({ nodeId }) => peers.holderOf(nodeId)))
  while (agents.length < MOST_AGENTS && peers.controllers.some((controller) => !held().has(controller)))
    agents.push(await startAgent(peers.controllers[0], { urls: peers.urls, tags: { Fleet: 'all' } }))
  return agents
}

/** How a further controller of the same database is started. */
export const peerOptions = ({ database, shared }: Pick<TestPeers, 'database' | 'shared'>, url: string) => ({
  database,
  listen: [url],
  args: ['--peer-url', url, '--objects', join(shared, 'objects'), '--master-key-file', join(shared, 'master.key')],
})

interface LinkLine {
  readonly msg?: string
  readonly epoch?: number
}

/** Epoch of the node's link with a controller, and whether it is still up as far as that one has said; 0 when it had none. */
function linkOf({ program }: TestController, nodeId: string): { readonly epoch: number; readonly isUp: boolean } {
  const lines = program.log
    .filter((line) => line.includes(nodeId) && /hub: (node connected|link ends)/.test(line))
    .map((line) => JSON.parse(line) as LinkLine)
  const epoch = lines.findLast((line) => line.epoch !== undefined)?.epoch ?? 0
  return { epoch, isUp: lines.at(-1)?.epoch !== undefined }
}

/** Who has the newest link; one that was killed has said nothing about its end. */
function holderAmong(controllers: readonly TestController[], nodeId: string): TestController | undefined {
  const links = controllers.map((controller) => ({ controller, ...linkOf(controller, nodeId) }))
  const newest = links.reduce((best, link) => (link.epoch > best.epoch ? link : best))
  return newest.isUp ? newest.controller : undefined
}
