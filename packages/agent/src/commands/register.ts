import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigError } from '@muster/protocol/config'
import { type RegisterConfig, readProxy } from '#config.ts'
import { register } from '#enrol/index.ts'

/** `muster-agent register`: turns an activation into this host's identity; answers the exit status. */
export async function runRegister(config: RegisterConfig, agentVersion: string): Promise<number> {
  const problems: string[] = []
  if (config.controllers.length === 0) problems.push('--controller URL is missing')
  if (config.activationId === undefined) problems.push('--activation-id ID is missing')
  if (problems.length > 0) throw new ConfigError(problems)
  const code = await readCode(config)
  if (code === '')
    throw new ConfigError(['no activation code: give it on standard input or with --activation-code-file'])
  const proxy = readProxy(config, config.controllers)
  const registration = await register({
    data: config.data,
    controllers: config.controllers,
    caPem: config.caFile === undefined ? undefined : await readCa(config.caFile),
    proxy: proxy === 'direct' ? undefined : proxy,
    activationId: config.activationId ?? '',
    code,
    agentVersion,
    force: config.force,
    at: Date.now(),
  })
  process.stdout.write(`${registration.nodeId}\n`)
  process.stderr.write(
    `muster-agent: registered as ${registration.nodeId} in account ${registration.accountId}, region ${registration.region}\n`,
  )
  return 0
}

async function readCa(file: string): Promise<string> {
  const pem = await readGiven('--ca-file', file)
  try {
    new X509Certificate(pem)
    return pem
  } catch {
    throw new ConfigError([`--ca-file ${file} holds no certificate in PEM`])
  }
}

async function readGiven(flag: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new ConfigError([`${flag} cannot be read: ${error instanceof Error ? error.message : String(error)}`])
  }
}

async function readCode({ activationCode, activationCodeFile }: RegisterConfig): Promise<string> {
  if (activationCode !== undefined) {
    process.stderr.write('muster-agent: warning: --activation-code shows the code to every user of this host\n')
    return activationCode.trim()
  }
  if (activationCodeFile !== undefined) return (await readGiven('--activation-code-file', activationCodeFile)).trim()
  if (process.stdin.isTTY) process.stderr.write('Activation code: ')
  const parts: Buffer[] = []
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part)
    // At a terminal one line is the whole code.
    if (process.stdin.isTTY && part.includes(0x0a)) break
  }
  return Buffer.concat(parts).toString('utf8').trim()
}
