import { expect, it } from 'vitest'
import { readSources } from './sources.ts'

it('has no import circle, type imports included', () => {
  const sources = readSources('packages')
  const edges = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.map(({ target }) => target).filter((target) => target !== undefined),
    ]),
  )
  expect(findCircle(edges)).toEqual([])
})

function findCircle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (node: string): readonly string[] => {
    const at = trail.indexOf(node)
    if (at >= 0) return [...trail.slice(at), node]
    if (done.has(node)) return []
    trail.push(node)
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next)
      if (circle.length > 0) return circle
    }
    trail.pop()
    done.add(node)
    return []
  }
  for (const node of edges.keys()) {
    const circle = visit(node)
    if (circle.length > 0) return circle
  }
  return []
}
