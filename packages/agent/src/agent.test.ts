import { generateKeyPairSync } from 'node:crypto'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createFaultyStorage } from '#journal/faulty-storage.ts'
import { appendRecord, openJournal } from '#journal/index.ts'
import { createLog } from '#kit/log.ts'
import type { LinkState } from '#link/index.ts'
import { createAgent, NotRegistered } from './agent.ts'
import { readRunConfig } from './config.ts'

async function aHost(controller = 'http://127.0.0.1:1') {
  const folder = await mkdtempDisposable(join(tmpdir(), 'muster-agent-'))
  const bootIdFile = join(folder.path, 'boot-id')
  await writeFile(bootIdFile, 'boot-1')
  const { privateKey } = generateKeyPairSync('ed25519')
  await writeFile(join(folder.path, 'identity.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const registration = {
    nodeId: 'mi-0123456789abcdef0',
    accountId: '123456789012',
    region: 'us-east-1',
    role: 'MusterNode',
    controllers: [controller],
    registeredAt: '2026-01-01T00:00:00.000Z',
  }
  await writeFile(join(folder.path, 'registration.json'), JSON.stringify(registration))
  const argv = ['--data', folder.path, '--run-dir', join(folder.path, 'run'), '--boot-id-file', bootIdFile]
  return {
    config: readRunConfig([...argv, '--no-service-manager'], {}),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
const quiet = (onState: (state: LinkState) => void = () => {}): Parameters<typeof createAgent>[1] => ({
  program: [process.execPath],
  log: createLog('silent'),
  onState,
})

it('says what to do on a host that is not enrolled', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-agent-'))
  const config = readRunConfig(['--data', folder.path], {})
  await expect(createAgent(config, quiet(), new AbortController().signal)).rejects.toThrow(NotRegistered)
})

it('ends when it is told to, also while nothing answers its dialling', async () => {
  const asked = Promise.withResolvers<void>()
  const mute = createServer(() => asked.resolve()).listen(0, '127.0.0.1')
  await new Promise((resolve) => mute.once('listening', resolve))
  const { port } = mute.address() as { port: number }
  await using host = await aHost(`http://127.0.0.1:${port}`)
  const stop = new AbortController()
  await using agent = await createAgent(host.config, quiet(), stop.signal)
  await asked.promise
  stop.abort()
  await agent.ended
  mute.close()
})

it('ends with the error when its journal can no longer be written, so that its next life opens it anew', async () => {
  await using host = await aHost()
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await openJournal({ storage, clock: systemClock })
    const work = { commandId: 'command-1', deliverBy: 1, expiresAt: 2, bytes: new Uint8Array(1) }
    await appendRecord(journal, { kind: 'received', invocationId: 'one', ...work })
    // Begun: what had not begun would wait for the controller's word.
    const place = { invocationId: 'one', step: 0, attempt: 1, token: '0'.repeat(32), bootId: 'boot-0' }
    await appendRecord(journal, { kind: 'starting', ...place, at: 1, uptimeMs: 1 })
  }
  const stop = new AbortController()
  const broken = { ...storage, open: async (name: string) => ({ ...(await storage.open(name)), sync: failing }) }
  await using agent = await createAgent(host.config, { ...quiet(), storage: broken }, stop.signal)
  await expect(agent.ended).rejects.toThrow('the journal could not be written')
})

const failing = (): Promise<void> => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))
