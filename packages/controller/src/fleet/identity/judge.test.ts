import { describe, expect, it } from 'vitest'
import { judgeLogin, type Machine } from './judge.ts'

const machine = (number: number, generation: number, pendingGeneration?: number, superseded = false): Machine => ({
  number,
  generation,
  pendingGeneration,
  superseded,
  dropUnstarted: false,
})

describe('a login', () => {
  it('is good with the generation that was confirmed and with the one that was offered after it', () => {
    for (const generation of [4, 5]) {
      const verdict = judgeLogin([machine(1, 4, 5)], false, { generation, alive: [] })
      expect(verdict).toMatchObject({ standing: 'good', isNew: false, machine: { number: 1, generation } })
    }
  })

  it('is offered a generation that no machine of the node ever had', () => {
    const verdict = judgeLogin([machine(1, 4, 9), machine(2, 7)], true, { generation: 4, alive: [] })
    expect(verdict.machine?.pendingGeneration).toBe(10)
  })

  it('with a generation that nobody holds any more is of a copy, and holds the node', () => {
    expect(judgeLogin([machine(1, 5)], false, { generation: 4, alive: [] })).toMatchObject({
      standing: 'held',
      cause: 'OlderGeneration',
      isNew: true,
      machine: { number: 2, generation: 4, pendingGeneration: 6 },
    })
  })

  it('with the generation of a machine that is alive elsewhere is of a copy too', () => {
    expect(judgeLogin([machine(1, 5)], false, { generation: 5, alive: [1] })).toMatchObject({
      standing: 'held',
      cause: 'TwoMachines',
      machine: { number: 2 },
    })
  })

  it('is held while the node is in quarantine, whoever it is, and starts no second one', () => {
    const verdict = judgeLogin([machine(1, 5), machine(2, 4, 6)], true, { generation: 6, alive: [] })
    expect(verdict).toMatchObject({ standing: 'held', cause: undefined, machine: { number: 2, generation: 6 } })
  })

  it('of a machine that was given up is refused for good', () => {
    expect(judgeLogin([machine(1, 5), machine(2, 4, 6, true)], false, { generation: 6, alive: [] })).toMatchObject({
      standing: 'superseded',
      cause: undefined,
    })
  })

  it('of the seventeenth machine is held and not counted', () => {
    const machines = Array.from({ length: 16 }, (_, index) => machine(index + 1, index + 1))
    expect(judgeLogin(machines, true, { generation: 99, alive: [] })).toEqual({
      standing: 'held',
      machine: undefined,
      isNew: false,
      cause: undefined,
    })
  })
})
