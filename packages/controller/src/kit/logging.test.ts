import { Secret } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createLog, type LogLevel } from './logging.ts'

function logged(level: LogLevel, write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = []
  write(createLog({ level, write: (line) => void lines.push(line) }))
  return lines
}

it('writes one JSON object a line, whatever the values hold', () => {
  const lines = logged('info', (log) => log.info({ nodeId: 'a\nb\u001b[31m"' }, 'x\ny'))
  expect(lines).toHaveLength(1)
  expect(lines[0]?.slice(0, -1)).not.toMatch(/[\n\u001b]/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', nodeId: 'a\nb\u001b[31m"', msg: 'x\ny' })
})

it('leaves out what is below its level', () => {
  const lines = logged('warn', (log) => {
    log.debug({}, 'a')
    log.info({}, 'b')
    log.warn({}, 'c')
    log.error({}, 'd')
  })
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['c', 'd'])
})

it('names the part, and shows an error with its stack and its cause', () => {
  const err = new Error('outer', { cause: new Error('inner') })
  const [line = ''] = logged('info', (log) => log.child('muster.api').error({ err }, 'failed'))
  expect(JSON.parse(line)).toMatchObject({
    name: 'muster.api',
    err: { message: 'outer', stack: expect.stringContaining('logging.test'), cause: { message: 'inner' } },
  })
})

it('shows a secret as ***', () => {
  const [line = ''] = logged('info', (log) => log.info({ password: new Secret('hunter2') }, 'x'))
  expect(line).not.toContain('hunter2')
  expect(JSON.parse(line).password).toBe('***')
})
