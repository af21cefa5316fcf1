import { expect, it } from 'vitest'
import { type ConnectionRefusal, createConnections } from './connections.ts'

function open(hasDescriptor = () => true) {
  const refused: ConnectionRefusal[] = []
  const connections = createConnections({
    limits: { all: 3, source: 2 },
    hasDescriptor,
    onRefused: (why) => refused.push(why),
  })
  return { connections, refused }
}

it('refuses one source what it leaves the others, and everyone what is too much together', () => {
  const { connections, refused } = open()
  expect(['a', 'a', 'a', 'b', 'c'].map((source) => connections.enter(source) !== undefined)).toEqual([
    true,
    true,
    false,
    true,
    false,
  ])
  expect(refused).toEqual(['source', 'all'])
})

it('gives the place of a connection to another once it is over, however often that is said', () => {
  const { connections } = open()
  const leave = connections.enter('a')
  connections.enter('a')
  leave?.()
  leave?.()
  expect(connections.open()).toBe(1)
  expect(connections.enter('a')).toBeDefined()
  expect(connections.enter('a')).toBeUndefined()
})

it('refuses everyone while there is no descriptor', () => {
  let room = false
  const { connections, refused } = open(() => room)
  expect(connections.enter('a')).toBeUndefined()
  room = true
  expect(connections.enter('a')).toBeDefined()
  expect(refused).toEqual(['descriptors'])
})
