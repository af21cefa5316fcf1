import { expect, it } from 'vitest'
import { ConfigError, flag, list, loadConfig, oneOf, optionsHelp, text, textWithDefault, wholeNumber } from './index.ts'

const table = {
  data: text({ flag: 'data', env: 'T_DATA', help: 'folder', default: './data' }),
  listen: list({
    flag: 'listen',
    env: 'T_LISTEN',
    help: 'addresses',
    default: ['http://127.0.0.1:1'],
    item: (value) => (URL.canParse(value) ? undefined : `"${value}" is no URL`),
  }),
  plain: flag({ flag: 'plain', env: 'T_PLAIN', help: 'plain http' }),
  days: wholeNumber({ flag: 'days', env: 'T_DAYS', help: 'days', default: 30, min: 1, max: 400 }),
  level: oneOf({ flag: 'level', env: 'T_LEVEL', help: 'log level', default: 'info', choices: ['info', 'debug'] }),
  secret: text({ flag: 'secret', env: 'T_SECRET', help: 'secret', envOnly: true }),
}

const load = (argv: string[], env: Record<string, string> = {}) => loadConfig(table, { argv, env })

it('takes flags before the environment before defaults', () => {
  expect(load(['--data', 'a'], { T_DATA: 'b', T_DAYS: '7' })).toMatchObject({ data: 'a', days: 7, level: 'info' })
})

it('reads a repeated flag and a comma list as the same list', () => {
  const expected = ['http://a:1', 'http://b:2']
  expect(load(['--listen', 'http://a:1', '--listen', 'http://b:2']).listen).toEqual(expected)
  expect(load([], { T_LISTEN: 'http://a:1, http://b:2' }).listen).toEqual(expected)
})

it('lists every problem at once', () => {
  const problems = (() => {
    try {
      load(['--days', '0', '--nonsense', '--level=loud', 'stray'], { T_LISTEN: 'no url' })
    } catch (error) {
      return error instanceof ConfigError ? error.problems : []
    }
    return []
  })()
  expect(problems).toEqual([
    'unknown option --nonsense',
    'unexpected argument "stray"',
    'T_LISTEN "no url" is no URL',
    '--days must be a whole number from 1 to 400, not "0"',
    '--level must be one of info, debug, not "loud"',
  ])
})

it('names what is wrong with a text, whether given or the default', () => {
  const check = (value: string) => (/^\d+$/.test(value) ? undefined : `must have digits, not "${value}"`)
  const id = text({ flag: 'id', env: 'T_ID', help: 'id', check })
  const name = textWithDefault({ flag: 'name', env: 'T_NAME', help: 'name', default: '1', check })
  const read = (env: Record<string, string>) => loadConfig({ id, name }, { argv: [], env })
  expect(read({})).toEqual({ id: undefined, name: '1' })
  expect(() => read({ T_ID: 'x', T_NAME: '' })).toThrow(
    'T_ID must have digits, not "x"\nT_NAME must have digits, not ""',
  )
})

it('takes a secret from the environment only', () => {
  expect(load([], { T_SECRET: 'x' }).secret).toBe('x')
  expect(() => load(['--secret', 'x'])).toThrow('unknown option --secret')
})

it('shows flag, default and variable in the help', () => {
  expect(optionsHelp(table)).toContain('--days VALUE')
  expect(optionsHelp(table)).toContain('days (default: 30) [T_DAYS]')
})
