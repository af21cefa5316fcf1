import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProcess } from '#platform/index.ts'
import { aWork, createHost, type Host, resultOf } from '#runner/test-rig.ts'
import { frozen, nested, runSteps, shell, startPlugins } from './testing.ts'

const local = (documentPath: string, documentParameters: unknown = {}) =>
  frozen([
    {
      action: 'aws:runDocument',
      name: 'outer',
      inputs: { documentType: 'LocalPath', documentPath, documentParameters },
    },
  ])
/** Stands for what an earlier step of the invocation `one` downloaded. */
async function downloaded({ folder }: Host, files: Readonly<Record<string, string>>): Promise<string> {
  const downloads = join(folder, 'downloads', 'one')
  await mkdir(downloads, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(downloads, name), content)
  return downloads
}
const documentOf = (...mainSteps: object[]) => JSON.stringify({ schemaVersion: '2.2', mainSteps })

test('the outputs of a nested document’s steps stand in its step, each after the name of its own', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const steps = frozen([
    shell('first', 'echo one; echo oops >&2'),
    shell('second', 'printf two'),
    shell('third', 'true'),
  ])
  expect(await runSteps(rig, [nested('outer', steps)])).toMatchObject([
    {
      status: 'Success',
      exitCode: 0,
      stdout: 'first output:\none\nsecond output:\ntwo\n',
      stderr: 'first output:\noops\n',
    },
  ])
})

test('a failed step inside fails the step outside, after the other steps inside have run', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const steps = frozen([shell('first', 'exit 3'), shell('second', 'echo two')])
  expect(await runSteps(rig, [nested('outer', steps)])).toMatchObject([
    { status: 'Failed', exitCode: 1, stdout: 'second output:\ntwo\n' },
  ])
})

test('preconditions, onFailure and finallyStep hold inside as they do outside', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const steps = frozen([
    { ...shell('windows', 'echo never'), precondition: { StringEquals: ['platformType', 'Windows'] } },
    shell('fails', 'exit 1', { onFailure: 'successAndExit' }),
    shell('skipped', 'echo never'),
    shell('last', 'echo cleaned', { finallyStep: true }),
  ])
  const [outer] = await runSteps(rig, [nested('outer', steps)])
  expect(outer?.status).toBe('Success')
  expect(outer?.stdout?.split('\n')).toEqual([
    'windows output:',
    `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'. Step name: windows`,
    'fails output:',
    '',
    'Step was found to have onFailure property. Further document steps will be skipped.',
    'skipped output:',
    'Plugin with name aws:runShellScript and id skipped skipped due to prior step with an exit condition',
    'last output:',
    'cleaned',
    '',
  ])
})

test('the exit of a nested document does not end the document that it is in', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const inner = nested('outer', frozen([shell('stops', 'exit 168'), shell('after', 'echo never')]))
  const after = { ...frozen([shell('next', 'echo next')])[0], index: 1 } as typeof inner
  expect(await runSteps(rig, [inner, after])).toMatchObject([{ status: 'Success', exitCode: 0 }, { stdout: 'next\n' }])
})

test('a reboot cannot be asked for inside', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  expect(await runSteps(rig, [nested('outer', frozen([shell('reboots', 'exit 194')]))])).toMatchObject([
    {
      status: 'Failed',
      exitCode: 1,
      stderr:
        'reboots output:\nThe step asked for a reboot (exit code 194), which a document inside aws:runDocument cannot.\n',
    },
  ])
})

test('a step inside that takes too long is ended with all it started, and the next one runs', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const [slow, next] = frozen([
    shell('slow', `sleep 600 & echo $! >${host.folder}/pid; wait`, { timeoutSeconds: 5 }),
    shell('next', 'echo next'),
  ])
  const [outer] = await runSteps(rig, [
    nested(
      'outer',
      [slow, next].flatMap((step) => step ?? []),
    ),
  ])
  expect(outer).toMatchObject({ status: 'Failed', exitCode: 1, stdout: 'next output:\nnext\n' })
  expect(outer?.stderr).toContain('The step took more than its 5 seconds and was ended.')
  expect(await findProcess(Number(await readFile(join(host.folder, 'pid'), 'utf8')))).toBeUndefined()
}, 60_000)

test('a cancel reaches the innermost process of documents in documents', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const inner = nested(
    'inner',
    frozen([
      shell('sleeps', `echo $$ >${host.folder}/pid.new; mv ${host.folder}/pid.new ${host.folder}/pid; exec sleep 600`),
    ]),
  )
  await rig.runner.accept(aWork('one', [], { steps: [nested('outer', [inner])] }))
  const pidFile = join(host.folder, 'pid')
  await expect.poll(() => existsSync(pidFile), { timeout: 60_000 }).toBe(true)
  await rig.runner.cancel('one')
  await resultOf(rig.runner, 'one')
  expect(await findProcess(Number(await readFile(pidFile, 'utf8')))).toBeUndefined()
}, 90_000)

test('the values of ENV_VAR parameters reach the script inside byte by byte, and nothing else of the document outside does', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const parameters = { word: { type: 'String', interpolationType: 'ENV_VAR' } }
  const word = `' " $(touch ${host.folder}/canary) \` ; | & \\ é\n`
  const inner = frozen([shell('print', `printf '%s|' {{ word }} "\${SSM_other-none}"`)], { word: [word] }, parameters)
  const outer = { ...nested('outer', inner), env: { SSM_other: 'of the document outside' } }
  expect(await runSteps(rig, [outer])).toMatchObject([{ stdout: `print output:\n${word}|none|\n` }])
  expect(existsSync(join(host.folder, 'canary'))).toBe(false)
})

test('what could not be settled about a document is told when its step runs', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const problem = { kind: 'problem', problem: 'Document with name Gone does not exist.' } as const
  const step = { ...nested('outer', []), document: problem }
  expect(await runSteps(rig, [step])).toMatchObject([{ status: 'Failed', stderr: `${problem.problem}\n` }])
})

test('runs a downloaded document, YAML or JSON, with its parameters', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  await downloaded(host, {
    'd.yaml':
      'schemaVersion: "2.2"\nparameters: {who: {type: String}}\nmainSteps: [{action: aws:runShellScript, name: hi, inputs: {runCommand: ["echo hello {{ who }}"]}}]\n',
  })
  expect(await runSteps(rig, local('d.yaml', '{"who":"world"}'))).toMatchObject([
    { status: 'Success', stdout: 'hi output:\nhello world\n' },
  ])
})

test('documents that run themselves end at the third', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const itself = {
    action: 'aws:runDocument',
    name: 'again',
    inputs: { documentType: 'LocalPath', documentPath: 'd.json' },
  }
  await downloaded(host, { 'd.json': documentOf(shell('count', 'echo round'), itself) })
  const [outer] = await runSteps(rig, local('d.json'))
  expect(outer?.stdout?.match(/^round$/gm)).toHaveLength(3)
  expect(outer?.stderr).toContain(
    'Maximum depth for document execution exceeded. Maximum depth permitted - 3 and current depth - 4',
  )
}, 60_000)

test('refuses inputs that are none before anything starts', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const step = { ...nested('outer', []), inputs: { documentType: 'Elsewhere', documentPath: 'x' } }
  expect(await runSteps(rig, [step])).toMatchObject([
    {
      status: 'Failed',
      reason: 'StepRefused',
      stderr: expect.stringContaining('documentType must be SSMDocument or LocalPath'),
    },
  ])
})

test('what a command downloaded is gone with its end', async () => {
  using host = createHost()
  await using rig = await startPlugins(host)
  const downloads = await downloaded(host, { file: 'x' })
  expect(await runSteps(rig, frozen([shell('s', 'cat file')]))).toMatchObject([{ stdout: 'x' }])
  expect(existsSync(downloads)).toBe(false)
})
