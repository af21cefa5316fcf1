import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ConfigError } from '@muster/protocol/config'
import { createAgent, NotRegistered } from '#agent.ts'
import type { RunConfig } from '#config.ts'
import { IdentityError, readIdentity, readRegistration } from '#enrol/index.ts'
import { JournalFailed } from '#journal/index.ts'
import { createLog } from '#kit/log.ts'
import { LinkError } from '#link/index.ts'
import { makeFolder } from '#platform/index.ts'
import { AGENT_VERSION } from '#version.ts'
import { lockInstance } from './instance-lock.ts'
import { readStatus, writeStatus } from './status-file.ts'

/** `muster-agent run`: until SIGTERM; answers the exit status. */
export async function runRun(config: RunConfig, program: readonly [string, ...string[]]): Promise<number> {
  // Everything that the agent writes is for its owner alone.
  process.umask(0o077)
  const log = createLog(config.logLevel)
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  await makeDataFolder(config.data)
  const lock = await lockInstance(config.data)
  if (!lock) {
    const other = await readStatus(config.data)
    throw new ConfigError([`another agent runs on ${config.data}${other?.runs ? `: process ${other.pid}` : ''}`])
  }
  const nodeId = readNodeId(config.data)
  // One after the other: each replaces the file.
  let written = Promise.resolve()
  const onState = (state: { state: string; controller?: string; problem?: string }): void => {
    const status = { pid: process.pid, version: AGENT_VERSION, nodeId, ...state, since: new Date().toISOString() }
    written = written
      .then(() => writeStatus(config.data, status))
      .catch((error: unknown) => log.warn({ err: error }, 'status file was not written'))
  }
  try {
    let failed: JournalFailed | undefined
    do {
      failed = await live(config, { program, log, onState, earlierTrouble: failed?.message }, stop.signal)
      if (failed === undefined) break
      log.error({ err: failed }, 'the journal has failed; it is opened anew and read again')
      await pause(BETWEEN_LIVES_MS, undefined, { signal: stop.signal }).catch(() => {})
    } while (!stop.signal.aborted)
    log.info({ nodeId }, 'agent stops; scripts that run go on')
    return 0
  } catch (error) {
    if (error instanceof NotRegistered) throw new ConfigError([error.message])
    if (error instanceof LinkError) throw new ConfigError([error.message])
    throw error
  } finally {
    await written
    lock.close()
  }
}

const BETWEEN_LIVES_MS = 1_000

/** The agent's parts from their start to their end; answers how the journal failed, if that is what ended them. */
async function live(
  config: RunConfig,
  deps: Parameters<typeof createAgent>[1],
  signal: AbortSignal,
): Promise<JournalFailed | undefined> {
  const { log } = deps
  try {
    const agent = await createAgent(config, deps, signal)
    log.info({ nodeId: agent.nodeId, version: AGENT_VERSION }, 'agent is up')
    try {
      await agent.ended
    } finally {
      // A disk that fails may fail here once more; what is left lies where the next life looks.
      try {
        await agent[Symbol.asyncDispose]()
      } catch (error) {
        log.warn({ err: error }, 'not all was put away')
      }
    }
    return undefined
  } catch (error) {
    if (error instanceof JournalFailed) return error
    throw error
  }
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (error) {
    throw new ConfigError([`the data folder cannot be used: ${error instanceof Error ? error.message : String(error)}`])
  }
}

/** A registration without its key is a loss, not a host that was never enrolled. */
function readNodeId(data: string): string {
  const registration = readRegistration(data)
  if (registration && !readIdentity(data))
    throw new IdentityError(
      `The key ${join(data, 'identity.pem')} of ${registration.nodeId} is gone. Restore it, or register this host again with --force.`,
    )
  return registration?.nodeId ?? ''
}
