import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Send } from '../../checker/history.ts'
import type { TestAgent } from '../../rig/agent.ts'
import type { Caller } from './caller.ts'
import type { Dice } from './dice.ts'
import { note, sha256 } from './operator.ts'

/** Commands sent at a steady rate, whatever becomes of the controller meanwhile. */
export interface Traffic {
  /** Stops sending and waits for the answers that are due; every send, with its tries. */
  stop(): Promise<readonly Send[]>
}

interface TrafficOptions {
  readonly caller: Caller
  readonly agents: readonly [TestAgent, ...TestAgent[]]
  readonly dice: Dice
  readonly perSecond: number
}

const STEP = 'run'
const TICK_MS = 20
const MANY_LINES = Array.from({ length: 15_000 }, (_, n) => `${n + 1}\n`).join('')

export function startTraffic({ caller, agents, dice, perSecond }: TrafficOptions): Traffic {
  const sends: Promise<Send>[] = []
  let open = true

  const sendOne = async (): Promise<Send> => {
    const key = randomUUID()
    const { nodeId } = dice.pick(agents)
    const script = scriptOf(dice, key)
    // Some callers have no patience: whether their call was accepted stays unknown to them.
    const tries = dice.roll() < 0.05 ? 1 : 200
    const input = {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [nodeId],
      Comment: key,
      Parameters: { commands: [...note(STEP), ...script.lines] },
    }
    return {
      key,
      nodeIds: [nodeId],
      steps: [{ name: STEP, entries: 1, stdoutSha256: sha256(Buffer.from(script.output)) }],
      tries: await caller.sendCommand(input, key, { tries }),
    }
  }

  const run = async (): Promise<void> => {
    const began = performance.now()
    while (open) {
      const due = ((performance.now() - began) / 1000) * perSecond
      while (sends.length < due) sends.push(sendOne())
      await delay(TICK_MS)
    }
  }
  const running = run()
  return {
    async stop() {
      open = false
      await running
      return Promise.all(sends)
    },
  }
}

/** Most are over at once; some run into the next kill, some have more output than a frame or a row holds. */
function scriptOf(dice: Dice, key: string): { readonly lines: readonly string[]; readonly output: string } {
  const chance = dice.roll()
  if (chance < 0.03) return { lines: ['seq 15000'], output: MANY_LINES }
  if (chance < 0.15)
    return {
      lines: [`echo before ${key}`, `sleep ${dice.between(1, 15) / 10}`, `echo after ${key}`],
      output: `before ${key}\nafter ${key}\n`,
    }
  return { lines: [`echo ${key}`], output: `${key}\n` }
}
