import { askAgent } from '#local/index.ts'
import { refused } from './parameter.ts'

/** `muster-agent credentials`: what AWS clients want of a `credential_process`. */
export async function runCredentials(data: string): Promise<number> {
  const answer = await askAgent(data, { operation: 'CreateNodeCredentials', input: {} })
  const credentials = answer.ok ? readCredentials(answer.output) : undefined
  if (credentials === undefined) return refused('credentials', answer)
  process.stdout.write(`${JSON.stringify(credentials)}\n`)
  return 0
}

function readCredentials(output: unknown): object | undefined {
  const { Credentials }: { Credentials?: unknown } = Object(output)
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration }: Record<string, unknown> = Object(Credentials)
  if (![AccessKeyId, SecretAccessKey, SessionToken].every((text) => typeof text === 'string')) return undefined
  if (typeof Expiration !== 'number') return undefined
  const MS = 1000
  return { Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration: new Date(Expiration * MS).toISOString() }
}
