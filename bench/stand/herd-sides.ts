import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeFrame, LINK_VERSION } from '@muster/protocol/link'
import type { TestController } from '../../test/rig/controller.ts'
import { type Program, startProgram } from '../../test/rig/program.ts'
import type { Setting } from '../frame/bench.ts'
import type { HerdProcess } from './herd-process.ts'

const MOST_AT_ONE_ACTIVATION = 1000
/** All nodes come from one address here, as no fleet does. */
export const ROOM = ['--max-connections', '30000', '--max-connections-per-source', '30000']

/** What a herd of nodes logs in at: Muster, or its bare limit. */
export interface Side {
  /** Kills it and starts it again; answers where nodes log in. */
  restart(): Promise<{ readonly url: string; readonly pid: number }>
}

const secure = ({ urls }: TestController): string => urls.find((url) => url.startsWith('https:')) ?? ''

/** A real controller with an https listener. */
export function openMuster(controller: TestController): Side {
  return {
    async restart() {
      await controller.stop('SIGKILL')
      await controller.start()
      return { url: secure(controller), pid: controller.program.pid }
    },
  }
}

/** The bare limit, with the controller's certificate and the nodes' keys. */
export async function openFloor(
  { folder }: Setting,
  controller: TestController,
  nodes: readonly (readonly [string, string])[],
): Promise<Side & { stop(): Promise<void> }> {
  const nodesFile = join(folder, 'nodes.json')
  await writeFile(nodesFile, JSON.stringify(nodes))
  const files = ['server.pem', 'server-key.pem'].map((name) => join(controller.data, 'pki', name))
  const welcome = encodeFrame({
    kind: 'welcome',
    welcome: {
      linkVersion: LINK_VERSION,
      controllerTime: 0,
      heartbeatMs: 30_000,
      epoch: 1,
      receivedRecord: 0,
      accountId: controller.accountId,
      region: controller.region,
      controllerId: 'floor',
      generation: 0,
      quarantined: false,
      dropUnstarted: false,
    },
  })
  let program: Program | undefined
  const stop = async (): Promise<void> => {
    program?.kill('SIGKILL')
    await program?.exited
  }
  return {
    stop,
    async restart() {
      await stop()
      program = startProgram({
        script: fileURLToPath(new URL('../floors/herd-floor.ts', import.meta.url)),
        args: [...files, nodesFile, Buffer.from(welcome).toString('base64')],
      })
      return { url: `https://127.0.0.1:${await program.firstLine}`, pid: program.pid }
    },
  }
}

/** Enrols so many nodes; answers their ids and public keys. */
export async function enrolAll(nodes: HerdProcess, controller: TestController, count: number) {
  let enrolled: readonly (readonly [string, string])[] = []
  for (let from = 0; from < count; from += MOST_AT_ONE_ACTIVATION) {
    const some = Math.min(MOST_AT_ONE_ACTIVATION, count - from)
    const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
      IamRole: 'MusterNode',
      RegistrationLimit: some,
    })
    enrolled = await nodes.enrol({
      url: controller.url,
      activationId: ActivationId,
      code: ActivationCode,
      count: some,
    })
  }
  return enrolled
}
