import { join } from 'node:path'
import { readIdentity, readRegistration } from '#enrol/index.ts'
import { proxyName } from '#link/index.ts'
import { readStatus } from './status-file.ts'

/** `muster-agent status`: what this host is and whether its link is up. Exit 0 online, 3 not. */
export async function runStatus(data: string): Promise<number> {
  const registration = readRegistration(data)
  if (!registration) {
    process.stdout.write(`This host is not registered: there is no registration in ${data}.\n`)
    return 3
  }
  const last = await readStatus(data)
  const status = last?.runs ? last : undefined
  const problem = readIdentity(data) ? last?.problem : `its key, ${join(data, 'identity.pem')}, is gone`
  const lines = [
    ['node', registration.nodeId],
    ['account', registration.accountId],
    ['region', registration.region],
    ['role', registration.role],
    ['controllers', registration.controllers.join(', ')],
    ...(registration.proxy ? [['proxy', proxyName(registration.proxy)]] : []),
    ['agent', status ? `running, version ${status.version}, pid ${status.pid}` : 'not running'],
    [
      'link',
      status ? `${status.state}${status.controller ? `, ${status.controller}` : ''}, since ${status.since}` : 'none',
    ],
    ...(problem ? [['problem', problem]] : []),
  ]
  process.stdout.write(`${lines.map(([name = '', value = '']) => `${name.padEnd(12)}${value}`).join('\n')}\n`)
  return status?.state === 'online' ? 0 : 3
}
