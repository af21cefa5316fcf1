import { expect, it } from 'vitest'
import { folderOf, isTest, packageOf, readSources, type Source } from './sources.ts'

// Low to high: a file imports its own folder or a lower one. Several names in one line share a rank.
const RANKS: Readonly<Record<string, readonly string[]>> = {
  protocol: ['kit', 'config', 'iam, versions, schedule, approval', 'documents', 'contents', 'delivery', 'api', 'link'],
  agent: [
    'version.ts',
    'config.ts',
    'kit, masking',
    'platform',
    'journal',
    'link',
    'enrol, local',
    'packages',
    'runner',
    'patching, inventory, sessions',
    'plugins',
    'inbox, outbox',
    'state',
    'agent.ts',
    'commands',
    'main.ts',
  ],
  controller: [
    'version.ts',
    'config.ts',
    'kit',
    'pki',
    'db',
    'objects',
    'api',
    'hub',
    'peers',
    'rollout, scheduler',
    'link',
    'audit',
    'access',
    'tags',
    'fleet',
    'groups',
    'settings',
    'keys',
    'parameters',
    'policies',
    'documents',
    'compliance',
    'ops',
    'inventory',
    'commands',
    'sessions',
    'patching',
    'automation',
    'changes',
    'associations',
    'windows',
    'connectors',
    'sync',
    'hints',
    'queries',
    'admin',
    'edge.ts',
    'controller.ts',
    'master-key.ts',
    'start.ts',
    'main.ts',
  ],
}

const rankOf = (name: string, folder: string): number =>
  (RANKS[name] ?? []).findIndex((line) => line.split(', ').includes(folder))

const sources = readSources('packages')
const production = sources.filter(({ path }) => !isTest(path))

it('names a rank for every folder', () => {
  const unranked = production
    .map(({ path }) => path)
    .filter((path) => RANKS[packageOf(path)] && rankOf(packageOf(path), folderOf(path)) < 0)
  expect(unranked).toEqual([])
})

it('imports only from the same folder or a lower rank', () => {
  expect(production.flatMap(upwardImports)).toEqual([])
})

function upwardImports({ path, imports }: Source): string[] {
  const own = packageOf(path)
  return imports
    .filter(({ target }) => target !== undefined && packageOf(target) === own)
    .filter(({ target }) => {
      const folder = folderOf(target ?? '')
      return folder !== folderOf(path) && rankOf(own, folder) >= rankOf(own, folderOf(path))
    })
    .map(({ from }) => `${path} -> ${from}`)
}

it('has no arrow between packages but to protocol', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter(
        ({ target }) =>
          target !== undefined && packageOf(target) !== packageOf(path) && packageOf(target) !== 'protocol',
      )
      .map(({ from }) => `${path} -> ${from}`),
  )
  expect(wrong).toEqual([])
})

it('meets another slice only at its index', () => {
  const slices = (RANKS['controller'] ?? []).slice(11, 32).flatMap((line) => line.split(', '))
  const wrong = production.flatMap(({ path, imports }) =>
    imports
      .filter(({ from, target }) => from.startsWith('#') && folderOf(target ?? '') !== folderOf(path))
      .filter(
        ({ from }) =>
          slices.includes(from.slice(1).split('/')[0] ?? '') &&
          !from.endsWith('/index.ts') &&
          packageOf(path) === 'controller',
      )
      .map(({ from }) => `${path} -> ${from}`),
  )
  expect(wrong).toEqual([])
})

it('climbs out of a folder only from operations/', () => {
  const wrong = production.flatMap(({ path, imports }) =>
    imports
      .filter(({ from }) => from.startsWith('../') && !from.startsWith('../../model/') && from !== '../package.json')
      .filter(
        ({ from }) =>
          !/\/(operations|builtin|migrations|sqlite|postgres|generated)\//.test(path) || from.startsWith('../../'),
      )
      .map(({ from }) => `${path} -> ${from}`),
  )
  expect(wrong).toEqual([])
})
