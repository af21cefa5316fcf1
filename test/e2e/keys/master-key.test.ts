import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../../host/shell.ts'
import { startController } from '../../rig/controller.ts'

const main = fileURLToPath(new URL('../../../packages/controller/src/main.ts', import.meta.url))
const command = async (...args: readonly string[]) => {
  const { status, stdout, stderr } = await run([process.execPath, main, 'master-key', ...args], { timeoutMs: 60_000 })
  return { status, lines: stdout.trimEnd().split('\n'), said: stderr.trimEnd() }
}
const NOT_THE_ONE =
  'muster-controller: The master key is not the one that this store was sealed with. Restore the key file that belongs to it.'

describe('muster-controller master-key', { timeout: 240_000 }, () => {
  test('rotates while the controller runs; old and new key start it until the old one is retired', async () => {
    await using controller = await startController()
    const { data } = controller
    const [oldKey, newKey] = [join(data, 'master.key'), join(data, 'new.key')]
    const withKey = (file: string) => ({ MUSTER_MASTER_KEY_FILE: file })
    const before = await controller.call('DescribeKey', { KeyId: 'alias/aws/ssm' })

    const rotated = await command('rotate', '--data', data, '--new-key-file', newKey)
    expect(rotated).toMatchObject({ status: 0, said: '' })
    const [fingerprint = ''] = (rotated.lines[0] ?? '').split(' ')
    expect(rotated.lines).toContain(`muster-controller master-key retire --master-key-file ${newKey}`)
    expect((await command('rotate', '--data', data, '--new-key-file', newKey)).lines[0]).toBe(
      `${fingerprint}  opens the store already`,
    )
    expect((await command('status', '--data', data)).lines).toHaveLength(2)

    for (const file of [newKey, oldKey, newKey]) {
      await controller.stop('SIGTERM')
      await controller.start(withKey(file))
      expect(await controller.call('DescribeKey', { KeyId: 'alias/aws/ssm' })).toEqual(before)
    }
    const retired = await command('retire', '--data', data, '--master-key-file', newKey)
    expect(retired.lines).toEqual([expect.stringContaining('opens the store no more')])
    expect((await command('status', '--data', data, '--master-key-file', newKey)).lines).toEqual([
      `${fingerprint}  this one`,
    ])
    expect(await command('rotate', '--data', data, '--new-key-file', join(data, 'third.key'))).toMatchObject({
      ...{ status: 78, said: NOT_THE_ONE },
    })

    await controller.stop('SIGTERM')
    await expect(controller.start(withKey(oldKey))).rejects.toThrow(NOT_THE_ONE)
    await controller.start(withKey(newKey))
    const { Events = [] } = await controller.call('ListAuditEvents', {})
    const names = Events.map(({ Operation }) => Operation)
    expect(names).toEqual(expect.arrayContaining(['RotateMasterKey', 'RetireMasterKeys']))
  })

  test('takes the key from a command or the environment, and refuses two sources and a place without a store', async () => {
    await using controller = await startController()
    const { data } = controller
    const kept = await mkdtemp(join(tmpdir(), 'muster-key-'))
    await using _kept = { [Symbol.asyncDispose]: () => rm(kept, { recursive: true, force: true }) }
    const elsewhere = join(kept, 'key')
    await copyFile(join(data, 'master.key'), elsewhere)
    await chmod(elsewhere, 0o400)
    await controller.stop('SIGTERM')
    await rm(join(data, 'master.key'))
    const value = (await readFile(elsewhere)).toString('base64')
    for (const env of [{ MUSTER_MASTER_KEY: value }, { MUSTER_MASTER_KEY_COMMAND: `base64 ${elsewhere}` }]) {
      await controller.start(env)
      await controller.call('DescribeKey', { KeyId: 'alias/aws/ssm' })
      await controller.stop('SIGTERM')
    }
    await expect(controller.start({ MUSTER_MASTER_KEY: value, MUSTER_MASTER_KEY_FILE: elsewhere })).rejects.toThrow(
      'muster-controller: only one of --master-key-file, --master-key-command and MUSTER_MASTER_KEY can be given',
    )
    await expect(controller.start({ MUSTER_MASTER_KEY_COMMAND: 'exit 4' })).rejects.toThrow(
      'muster-controller: The master key command gave no key: it ended with 4.',
    )
    const nowhere = join(kept, 'nowhere')
    expect(await command('status', '--data', nowhere)).toMatchObject({
      status: 78,
      said: `muster-controller: there is no store at ${join(nowhere, 'muster.db')} yet: start the controller first`,
    })
  })
})
