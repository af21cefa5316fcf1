import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { root } from './sources.ts'

const pages = globSync(['*.md', '{docs,deploy,packages,test,bench,scripts}/**/*.md'], { cwd: root })
  .filter((path) => !path.includes('node_modules/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Fenced blocks are examples: what looks like a link there is none. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '')
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

describe('a page of documentation', () => {
  it('links to files that exist', () => {
    const broken = pages.flatMap(({ path, text }) =>
      found(prose(text), /\]\(([^)\s]+)\)/g)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => target.replace(/#.*$/, ''))
        .filter((target) => target !== '' && !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path} -> ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('names paths that exist', () => {
    const missing = pages.flatMap(({ path, text }) =>
      found(prose(text), /`((?:packages|scripts|test|deploy|bench|docs)\/[^`\s]+)`/g)
        // Words in capitals stand for a name of the reader's.
        .filter((name) => !/[A-Z]{2}|\*/.test(name) && !existsSync(join(root, name)))
        .map((name) => `${path} -> ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('names exports that the file beside them has', () => {
    const pairs = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:\]\(([^)\s]+)\)|`([\w./-]+\.ts)`) \(`(\w+)`\)/g)].map(([, link, name, symbol = '']) => ({
        path,
        file: link === undefined ? join(root, name ?? '') : join(root, dirname(path), link),
        symbol,
      })),
    )
    const wrong = pairs.filter(({ file, symbol }) => {
      const declared = new RegExp(`^export (?:async )?(?:function|const|class|interface|type) ${symbol}\\b`, 'm')
      return !existsSync(file) || !declared.test(readFileSync(file, 'utf8'))
    })
    expect(wrong.map(({ path, file, symbol }) => `${path} -> ${file} ${symbol}`)).toEqual([])
    expect(pairs.length).toBeGreaterThan(10)
  })

  it('calls npm scripts that exist', () => {
    const unknown = pages.flatMap(({ path, text }) =>
      [...found(text, /\bnpm run ([\w:-]+)/g), ...found(text, /\bnpm (start|test)\b/g)]
        .filter((name) => !Object.hasOwn(manifest.scripts, name))
        .map((name) => `${path} -> npm run ${name}`),
    )
    expect(unknown).toEqual([])
  })
})

describe('ARCHITECTURE.md', () => {
  const text = pages.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? ''

  it('places every folder of the three packages in its ranks', () => {
    const ranks = /## Ranks[\s\S]*?```\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
    const named = new Set(ranks.split(/[\s<,]+/))
    const folders = ['protocol', 'agent', 'controller'].flatMap((name) =>
      readdirSync(join(root, 'packages', name, 'src'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name),
    )
    expect([...new Set(folders)].filter((folder) => !named.has(folder))).toEqual([])
  })

  it('says who decides a final status, writes the journal and checks a signature', () => {
    for (const symbol of [
      'commandOutcome',
      'finalStatus',
      'appendRecord',
      'verifyRunProof',
      'checkSignature',
      'verifyLogin',
    ])
      expect(text).toContain(`(\`${symbol}\`)`)
  })
})
