import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Send } from '../../checker/history.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { createCaller } from './caller.ts'
import { startObserver } from './observer.ts'
import { createOperator, entriesOf, ledgerOf, note, sha256 } from './operator.ts'

const RACES = 200
const AT_ONCE = 8

test(`ends each of ${RACES} commands in one state when cancel and completion race`, { timeout: 240_000 }, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  using caller = createCaller(controller)
  const operator = createOperator(controller)
  const observer = startObserver(controller, 60_000)

  const send = async (key: string): Promise<Send> => {
    const lines = [...note('run'), `sleep 0.1; echo ${key}`, ...note('end')]
    const input = {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [agent.nodeId],
      Comment: key,
      Parameters: { commands: lines },
    }
    const output = sha256(Buffer.from(`${key}\n`))
    // Both lines of the ledger are of the one step that the command has; the second says that it came to its end.
    const steps = ['run', 'end'].map((name) => ({ name, entries: 1, stdoutSha256: output }))
    return { key, nodeIds: [agent.nodeId], steps, tries: await caller.sendCommand(input, key) }
  }
  const idOf = ({ tries }: Send): string => {
    const outcome = tries.at(-1)?.outcome
    return outcome?.kind === 'accepted' ? outcome.commandId : ''
  }
  const began = performance.now()
  const first = await send(randomUUID())
  await operator.ended(idOf(first), agent.nodeId)
  const usualMs = performance.now() - began

  const race = async (): Promise<Send> => {
    const sent = await send(randomUUID())
    // From before it starts until after it is over.
    await delay(Math.random() * usualMs * 1.5)
    await controller.call('CancelCommand', { CommandId: idOf(sent) })
    await operator.ended(idOf(sent), agent.nodeId)
    return sent
  }
  const from = Date.now()
  const waiting = Array.from({ length: RACES }).values()
  const sends: Send[] = [first]
  const runSome = async (): Promise<void> => {
    for (const _ of waiting) sends.push(await race())
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runSome))

  const found = await observer.finish()
  const invocations = found.invocations.map((final) => ({
    ...final,
    steps: final.steps.flatMap((step) => [step, { ...step, name: 'end' }]),
  }))
  const ledger = await ledgerOf(agent)
  const faults = { from, to: Date.now() }
  const history = { ...found, invocations, ledger, sends, faults, healedAt: faults.to, floorPerSecond: 0 }
  expect(check(history)).toEqual([])
  const states = Map.groupBy(invocations, ({ state }) => state)
  expect([...states.keys()].toSorted()).toEqual(['Cancelled', 'Success'])
  expect(await entriesOf(agent, idOf(first))).toEqual(['run', 'end'])
})
