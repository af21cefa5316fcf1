import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OUTPUT_PIECE_BYTES } from '@muster/protocol/link'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { invocationEnd, readOutput, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'
import { type Flood, spoolBytes, startFlood } from './flood.ts'

const stack = new AsyncDisposableStack()
let controller: TestController
let agent: TestAgent
let flood: Flood

const MIB = 1024 * 1024
const CAP_MIB = 64
const FLOOD_SECONDS = 60
const FILE_BLOCK = 4096

beforeAll(async () => {
  controller = stack.use(await startController())
  // Floods for a minute while the other tests of this file run.
  flood = stack.use(await startFlood(controller, { capMib: CAP_MIB, seconds: FLOOD_SECONDS }))
  agent = stack.use(await startAgent(controller))
})
afterAll(() => stack.disposeAsync())

/** Lets a script print exactly these bytes. */
async function printing(name: string, bytes: Uint8Array, redirect = ''): Promise<string> {
  const file = join(agent.scratch, name)
  await writeFile(file, bytes)
  return `cat ${file} ${redirect}`
}

async function run(...commands: string[]) {
  const commandId = await sendScript(controller, [agent.nodeId], commands)
  return { commandId, nodeId: agent.nodeId, view: await invocationEnd(controller, commandId, agent.nodeId) }
}

const plugin = async (commandId: string) => {
  const { CommandInvocations } = await controller.call('ListCommandInvocations', {
    CommandId: commandId,
    Details: true,
  })
  return CommandInvocations?.[0]?.CommandPlugins?.[0]
}

it('keeps NUL and invalid UTF-8 as bytes and shows U+FFFD in their place', async () => {
  const bytes = Buffer.concat([
    Buffer.from('a\0b'),
    Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
    Buffer.from('é€😀\n'),
  ])
  const { commandId, nodeId, view } = await run(await printing('mixed', bytes), await printing('mixed', bytes, '>&2'))
  expect((await readWhole(controller, { commandId, nodeId })).data).toEqual(bytes)
  expect((await readWhole(controller, { commandId, nodeId, stream: 'stderr' })).data).toEqual(bytes)
  const shown = 'a\uFFFDb\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFDé€😀\n'
  expect(view.StandardOutputContent).toBe(shown)
  expect(view.StandardErrorContent).toBe(shown)
  expect((await plugin(commandId))?.Output).toBe(`${shown}\n----------ERROR-------\n${shown}`)
})

it.each([
  ['UTF-16 with its mark, without a last line', Buffer.from('\ufeffWindows says é€😀\r\nand no more', 'utf16le')],
  ['colours and a moving cursor', Buffer.from('\u001b[31mred\u001b[0m\r50 %\b\b\u001b]0;title\u0007\u001b[2K')],
  ['every byte there is', Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256))],
  ['one byte', Buffer.from([0])],
])('keeps %s byte for byte in both streams (F34)', async (name, bytes) => {
  const file = name.replaceAll(/\W/g, '-')
  const { commandId, nodeId, view } = await run(await printing(file, bytes), await printing(file, bytes, '>&2'))
  expect(view.Status).toBe('Success')
  for (const stream of ['stdout', 'stderr'] as const)
    expect((await readWhole(controller, { commandId, nodeId, stream })).data).toEqual(bytes)
})

it('keeps a character whole that lies across two pieces of the lane', async () => {
  const pieces = Array.from({ length: 5 }, (_, index) => [
    Buffer.alloc(OUTPUT_PIECE_BYTES - 2 - (index > 0 ? 1 : 0), 'x'),
    Buffer.from('€'),
  ])
  const bytes = Buffer.concat([...pieces.flat(), Buffer.from([0, 0xfe]), Buffer.alloc(OUTPUT_PIECE_BYTES, 0x80)])
  const { commandId, nodeId } = await run(await printing('across', bytes))
  const { data, total, dropped } = await readWhole(controller, { commandId, nodeId })
  expect(data.equals(bytes)).toBe(true)
  expect({ total, dropped }).toEqual({ total: bytes.length, dropped: 0 })
})

it('reads any range, also between the bytes of one character, and nothing past the end', async () => {
  const bytes = Buffer.from('0123é6789')
  const { commandId } = await run(await printing('range', bytes))
  const read = async (Offset: number, MaxBytes: number) => {
    const at = { CommandId: commandId, InstanceId: agent.nodeId, Stream: 'stdout', Offset, MaxBytes } as const
    const { Data, NextOffset, Complete } = await controller.call('GetOutput', at)
    return [Buffer.from(Data, 'base64'), NextOffset, Complete]
  }
  expect(await read(4, 1)).toEqual([Buffer.from([0xc3]), 5, false])
  expect(await read(5, 100)).toEqual([bytes.subarray(5), 10, true])
  expect(await read(10, 1)).toEqual([Buffer.alloc(0), 10, true])
  expect(await read(99, 1)).toEqual([Buffer.alloc(0), 99, true])
})

it('shows 24,000 characters of standard output, 8,000 of standard error and 2,500 in lists, counted in characters', async () => {
  const line = '😀é€abc'
  const long = line.repeat(10_000)
  const characters = [...long]
  const { commandId, nodeId, view } = await run(
    await printing('long', Buffer.from(long)),
    await printing('long', Buffer.from(long), '>&2'),
  )
  expect(view.StandardOutputContent).toBe(characters.slice(0, 24_000).join(''))
  expect(view.StandardErrorContent).toBe(characters.slice(0, 8_000).join(''))
  expect((await readWhole(controller, { commandId, nodeId })).data.toString()).toBe(long)
  expect((await readWhole(controller, { commandId, nodeId, stream: 'stderr' })).data.toString()).toBe(long)
})

it.each([
  ['2,500 characters of standard output', 2500, 0, 'o'.repeat(2500)],
  ['2,501', 2501, 0, `${'o'.repeat(2500 - 23)}\n---Output truncated---`],
  ['both streams that just fit', 2000, 476, `${'o'.repeat(2000)}\n----------ERROR-------\n${'e'.repeat(476)}`],
  [
    'a long output beside a short error',
    5000,
    100,
    `${'o'.repeat(2500 - 24 - 100 - 23)}\n---Output truncated---\n----------ERROR-------\n${'e'.repeat(100)}`,
  ],
  [
    'a short output beside a long error',
    100,
    5000,
    `${'o'.repeat(100)}\n----------ERROR-------\n${'e'.repeat(2500 - 24 - 100 - 23)}\n---Error truncated----`,
  ],
  [
    'two long ones',
    5000,
    5000,
    `${'o'.repeat(1238 - 23)}\n---Output truncated---\n----------ERROR-------\n${'e'.repeat(1238 - 23)}\n---Error truncated----`,
  ],
])('shows %s in the 2,500 characters of a list', async (_case, out, error, expected) => {
  const { commandId } = await run(
    await printing('o', Buffer.alloc(out, 'o')),
    await printing('e', Buffer.alloc(error, 'e'), '>&2'),
  )
  expect((await plugin(commandId))?.Output).toBe(expected)
})

it('gives a line to who waits for it before the script ends', async () => {
  const go = join(agent.scratch, 'go-on')
  const commandId = await sendScript(
    controller,
    [agent.nodeId],
    ['sleep 0.3; echo first', `until [ -e ${go} ]; do sleep 0.05; done`, 'echo last'],
  )
  const at = { CommandId: commandId, InstanceId: agent.nodeId, Stream: 'stdout' } as const
  // One call that began before the line was written, and that its coming ends.
  const piece = await controller.call('GetOutput', { ...at, WaitSeconds: 20 })
  expect(Buffer.from(piece.Data, 'base64').toString()).toBe('first\n')
  expect(piece).toMatchObject({ NextOffset: 6, TotalBytes: 6, Complete: false })
  const running = await controller.call('GetCommandInvocation', { CommandId: commandId, InstanceId: agent.nodeId })
  expect(running.Status).toBe('InProgress')
  expect(running.StandardOutputContent).toBe('')

  const rest = controller.call('GetOutput', { ...at, Offset: 6, WaitSeconds: 20 })
  await writeFile(go, '')
  expect(Buffer.from((await rest).Data, 'base64').toString()).toBe('last\n')
  await until(
    'the stream is complete',
    async () => (await controller.call('GetOutput', { ...at, Offset: 11 })).Complete,
  )
})

it('tells a reader of a silent stream that it is complete', async () => {
  const { commandId, nodeId } = await run('true')
  const { data, total, dropped } = await readWhole(controller, { commandId, nodeId, stream: 'stderr' })
  expect({ bytes: data.length, total, dropped }).toEqual({ bytes: 0, total: 0, dropped: 0 })
})

it('keeps 64 MiB of a minute of `yes`, counts the rest, and neither stops nor breaks the script', {
  timeout: 180_000,
}, async () => {
  const { status, seconds } = await flood.over()
  expect(status).toBe('Success')
  expect(seconds).toBeGreaterThanOrEqual(FLOOD_SECONDS)
  expect(seconds).toBeLessThan(FLOOD_SECONDS + 15)
  const { bytes, end } = await flood.counted()
  // tee ended by itself, with every byte written: no SIGPIPE, and the script went on after it.
  expect(end).toBe('0\non\n')
  expect(bytes).toBeGreaterThan(4 * CAP_MIB * MIB)

  const choice = { commandId: flood.commandId, nodeId: flood.agent.nodeId }
  const hash = createHash('sha256')
  let kept = 0
  const sizes = await readOutput(controller, choice, (piece) => {
    kept += piece.length
    hash.update(piece)
  })
  expect(sizes).toEqual({ total: bytes, dropped: bytes - kept })
  expect(kept).toBe(CAP_MIB * MIB)
  expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.alloc(kept, 'y\n')).digest('hex'))
  expect(flood.peakBytes).toBeGreaterThan(CAP_MIB * MIB * 0.9)
  expect(flood.peakBytes).toBeLessThanOrEqual(CAP_MIB * MIB + FILE_BLOCK)
  const attempts = join(flood.agent.data, 'attempts')
  await until('the agent has forgotten what is sealed', async () => (await spoolBytes(attempts)) === 0)
})
