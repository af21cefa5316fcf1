import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPlatform, type Launch } from '#platform/index.ts'
import { readCarriers, readEnd, readExit } from './attempt-files.ts'
import { createLocalExecution } from './local-execution.ts'
import { powerShellQuote, windowsWrapper } from './windows-wrapper.ts'

const { text, launchText } = windowsWrapper

test('acts in the order of the shell wrapper: ready, go, claim, who it is, launch, end, exit', () => {
  const acts = [
    "New-Spool 'stdout'",
    "New-Spool 'stderr'",
    '[Console]::In.ReadLine()',
    "(Join-Path $Run 'claim')",
    "New-Once 'pids'",
    "Test-Path -LiteralPath 'end'",
    '[Diagnostics.Process]::Start(',
    "New-Once 'end'",
    "New-Once 'exit'",
  ]
  const places = acts.map((act) => text.indexOf(act))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('is a text that every Windows reads the same, and its brackets match', () => {
  expect(text).toMatch(/^[\x00-\x7F]*$/)
  const code = text.replaceAll(/'[^']*'|"[^"]*"|#.*/g, '')
  for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair] as [string, string]))
    expect(code.split(open).length).toBe(code.split(close).length)
})

test('its records are those that an agent reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-windows-'))
  try {
    // Each as the wrapper puts it together, with values in place of its variables.
    const values: Record<string, string> = { PID: '4711', start: '1796040000000', code: '-1' }
    const records = [...text.matchAll(/New-Once '(\w+)' "(.*?)`n"/g)].map(([, name = '', record = '']) => {
      const sizes = ['10', '0', '20', '5']
      const filled = record.replaceAll(/\$\(.*?\)/g, () => sizes.shift() ?? '')
      return [name, filled.replaceAll(/\$(\w+)/g, (_whole, variable: string) => values[variable] ?? '')] as const
    })
    for (const [name, record] of records) writeFileSync(join(folder, name), `${record}\n`)
    writeFileSync(join(folder, 'stdout'), 'o'.repeat(10))
    writeFileSync(join(folder, 'stderr'), 'e'.repeat(20))
    expect(await readCarriers(folder)).toEqual({
      ...{ wrapper: 4711, startTime: 1_796_040_000_000, sinks: [4711, 4711], joined: false },
    })
    expect(await readEnd(folder)).toEqual({ by: 'exit', code: -1 })
    expect(await readExit(folder)).toEqual({
      ...{ code: -1, oomKills: 0, stdout: { kept: 10, dropped: 0 }, stderr: { kept: 20, dropped: 5 } },
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the launch text sets the variables, goes to the folder and ends with the code of the program', () => {
  expect(
    launchText({ argv: ['powershell.exe', '-File', "C:\\it's\\script.ps1"], cwd: 'C:\\work', env: { SSM_p: 'x' } }),
  ).toBe(
    [
      "\uFEFF$ErrorActionPreference = 'Stop'",
      "$env:SSM_p = 'x'",
      "Set-Location -LiteralPath 'C:\\work'",
      "& 'powershell.exe' '-File' 'C:\\it''s\\script.ps1'",
      'exit $LASTEXITCODE',
      '',
    ].join('\n'),
  )
})

/** Reads a literal as PowerShell does: any of its five quotes ends it, unless it stands twice. */
function readLiteral(literal: string): string | undefined {
  const quotes = "'\u2018\u2019\u201A\u201B"
  let value = ''
  for (let at = 1; at < literal.length; at++) {
    const char = literal[at] ?? ''
    if (!quotes.includes(char)) value += char
    else if (at === literal.length - 1) return value
    else if (quotes.includes(literal[++at] ?? '')) value += char
    else return undefined
  }
  return undefined
}

test('no value leaves its literal, whatever quotes are in it', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'\'\u2018\u2019\u201A\u201B"`$();&|\n x'), maxLength: 20 })
  fc.assert(
    fc.property(texts, (value) => {
      expect(readLiteral(powerShellQuote(value))).toBe(value)
    }),
    { numRuns: 1000 },
  )
})

test('an attempt on Windows gets this wrapper and starts it with the PowerShell of the system', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-windows-'))
  try {
    const launched: Launch[] = []
    const platform = {
      ...(await createPlatform()),
      ...{ prepareGroups: async () => [], hold: async () => undefined },
      launch: async (launch: Launch) => void launched.push(launch),
    }
    const [attemptsFolder, runFolder] = [join(folder, 'attempts'), join(folder, 'run')]
    const execution = createLocalExecution({
      platform,
      attemptsFolder,
      runFolder,
      outputCapBytes: 1000,
      system: 'win32',
    })
    const token = await execution.reserve()
    await execution.prepare(token, { files: {}, argv: ['x.exe'], cwd: 'C:\\', env: {} })
    await execution.start(token)
    const place = join(attemptsFolder, token)
    expect(readdirSync(place).toSorted()).toEqual(['launch.ps1', 'work', 'wrapper.ps1'])
    expect(readFileSync(join(place, 'wrapper.ps1'), 'utf8')).toBe(text)
    expect(launched.map(({ argv }) => argv)).toEqual([
      [...windowsWrapper.program, join(place, 'wrapper.ps1'), join(runFolder, token), place, '1000', '', 'go'],
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
