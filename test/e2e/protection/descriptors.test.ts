import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { signHeaders } from '../../compat/signed.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

const run = promisify(execFile)

interface Reply {
  readonly status: number
  readonly text: string
}

it('a controller without file descriptors takes no connection, serves those it has, says so, and recovers', async () => {
  await using controller = await startController()
  await using node = await startAgent(controller)
  const { pid } = controller.program
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  using _agent = { [Symbol.dispose]: () => agent.destroy() }
  /** On the one connection that was there before. */
  const ask = (method: string, path: string, headers = {}, body = ''): Promise<Reply> => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const { hostname, port } = new URL(controller.url)
    const sent = request({ hostname, port, agent, method, path, headers }, (answer) =>
      collect(answer).then(resolve, reject),
    )
    sent.on('error', reject)
    sent.end(body)
    return promise
  }
  const call = async (operation: string, input: object): Promise<Record<string, never>> => {
    const body = JSON.stringify(input)
    const headers = await signHeaders(controller, `AmazonSSM.${operation}`, body)
    return JSON.parse((await ask('POST', '/', headers, body)).text)
  }
  expect((await ask('GET', '/readyz')).status).toBe(200)

  const open = (await readdir(`/proc/${pid}/fd`)).length
  await run('prlimit', ['--pid', String(pid), `--nofile=${open + 80}`])
  const sockets: Socket[] = []
  using _sockets = {
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
  await until('the controller is short of descriptors', async () => {
    for (let index = 0; index < 20; index++) sockets.push(hold(controller.url))
    return (await ask('GET', '/readyz')).status === 503
  })
  expect((await ask('GET', '/readyz')).text).toContain('file descriptors are short')
  expect(controller.program.log.some((line) => line.includes('file descriptors are short'))).toBe(true)

  const { Command } = (await call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [node.nodeId],
    Parameters: { commands: ['head -c 200000 /dev/zero | tr "\\\\0" x'] },
  })) as { Command?: { CommandId: string } }
  await until('the command ends, its output stored', async () => {
    const input = { CommandId: Command?.CommandId, InstanceId: node.nodeId }
    return (await call('GetCommandInvocation', input))['Status'] === 'Success'
  })

  for (const socket of sockets) socket.destroy()
  await until('it takes connections again', async () => (await fetch(`${controller.url}/readyz`)).status === 200)
}, 300_000)

function hold(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  return socket
}

async function collect(answer: IncomingMessage): Promise<Reply> {
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part
  return { status: answer.statusCode ?? 0, text }
}
