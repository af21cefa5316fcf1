import { expect, test } from 'vitest'
import type { ListedStep } from './list-store.ts'
import { mergePlugins } from './merge-plugins.ts'
import { chooseStep } from './step-choice.ts'

const NAME = 'aws:runShellScript'
const aStep = (step: number, changes: Partial<ListedStep> = {}): ListedStep => ({
  ...{ command_key: 1, node_key: 2, step, name: NAME, action: NAME, state: 'Success', code: 0, attempt: 1 },
  ...{ started_at: 1000 + step, ended_at: 2000 + step, stdout_head: `out${step}`, stderr_head: '', reason: null },
  ...changes,
})
const merged = (...steps: readonly Partial<ListedStep>[]) =>
  mergePlugins(steps.map((changes, index) => aStep(index, changes)))

test('steps with names of their own stay as they are', () => {
  const steps = [aStep(0, { name: 'one' }), aStep(1, { name: 'two' })]
  expect(mergePlugins(steps)).toEqual(steps)
})

test('what one plugin did is one step, from its first start to its last end', () => {
  expect(merged({}, { stderr_head: 'err1' }, { stderr_head: 'err2' })).toEqual([
    aStep(0, { started_at: 1000, ended_at: 2002, stdout_head: 'out0\nout1\nout2', stderr_head: 'err1\nerr2' }),
  ])
})

test.each([
  [['Success', 'Failed', 'Success'], 'Failed'],
  [['Skipped', 'Success'], 'Success'],
  [['Failed', 'Cancelled'], 'Cancelled'],
  [['TimedOut', 'Cancelled', 'Failed'], 'TimedOut'],
  [['Pending', 'Pending'], 'Pending'],
  [['Success', 'Pending'], 'InProgress'],
  [['Failed', 'InProgress'], 'InProgress'],
])('steps that are %j make a plugin that is %s', (states, state) => {
  expect(merged(...states.map((each) => ({ state: each })))[0]?.state).toBe(state)
})

test('the code of a plugin is the first that is no success, and none before its last step ended', () => {
  expect(merged({ code: 0 }, { code: 3, state: 'Failed' }, { code: 4, state: 'Failed' })[0]?.code).toBe(3)
  expect(merged({ state: 'Skipped', code: -1 }, {})[0]?.code).toBe(0)
  expect(merged({ code: 3, state: 'Failed' }, { state: 'Pending', code: -1, ended_at: null })[0]).toMatchObject({
    ...{ code: -1, ended_at: null },
  })
})

test('outputs of one plugin together are cut like those of a step', () => {
  const [plugin] = merged({ stdout_head: 'a'.repeat(20_000) }, { stdout_head: 'b'.repeat(20_000) })
  expect(plugin?.stdout_head).toBe(`${'a'.repeat(20_000)}\n${'b'.repeat(3_999)}`)
})

test('one set of properties of a plugin is named by its number', () => {
  const steps = [aStep(0), aStep(1)]
  expect(chooseStep(steps, `1.${NAME}`)).toEqual({ kind: 'step', step: steps[1] })
  for (const id of [NAME, `2.${NAME}`, '1.aws:other']) expect(chooseStep(steps, id)).toEqual({ kind: 'unknown' })
})
