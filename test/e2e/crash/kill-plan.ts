import type { Dice } from './dice.ts'

/** One fault: who is killed, when, and for how long. */
export interface Kill {
  /** After the one before is healed. */
  readonly afterMs: number
  readonly controller: boolean
  /** Places in the list of agents. */
  readonly agents: readonly number[]
  readonly downMs: number
}

/** Which kills a seed means; each takes the controller, an agent, several agents, or both kinds at once. */
export function planKills(dice: Dice, count: number, agents: number): readonly Kill[] {
  return Array.from({ length: count }, () => {
    const kind = dice.pick(['controller', 'agent', 'agent', 'agent', 'agents', 'both', 'agent'])
    const chosen = dice.between(0, agents - 1)
    return {
      afterMs: dice.between(150, 900),
      controller: kind === 'controller' || kind === 'both',
      agents:
        kind === 'controller' ? [] : kind === 'agents' ? Array.from({ length: agents }, (_, index) => index) : [chosen],
      downMs: dice.between(0, 300),
    }
  })
}
