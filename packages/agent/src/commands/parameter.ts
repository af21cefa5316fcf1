import { ConfigError } from '@muster/protocol/config'
import type { ParameterConfig } from '#config.ts'
import { askAgent, type LocalAnswer } from '#local/index.ts'

/** `muster-agent parameter get NAME`: the value on standard output, then a line end; exit 1 with the service's code when it is refused. */
export async function runParameter(
  [word, name]: readonly (string | undefined)[],
  { data, withDecryption }: ParameterConfig,
): Promise<number> {
  if (word !== 'get' || name === undefined || name === '' || name.startsWith('-'))
    throw new ConfigError(['what is wanted: muster-agent parameter get NAME [OPTIONS]'])
  const input = { Name: name, WithDecryption: withDecryption }
  const answer = await askAgent(data, { operation: 'GetParameter', input })
  const value = answer.ok ? readValue(answer.output) : undefined
  if (value === undefined) return refused(name, answer)
  process.stdout.write(`${value}\n`)
  return 0
}

/** Says what the controller said. */
export function refused(what: string, answer: LocalAnswer): number {
  const why = answer.ok ? 'the answer has an unknown form' : `${answer.code}${answer.message && `: ${answer.message}`}`
  process.stderr.write(`muster-agent: ${what}: ${why}\n`)
  return 1
}

function readValue(output: unknown): string | undefined {
  const { Parameter }: { Parameter?: unknown } = Object(output)
  const { Value }: { Value?: unknown } = Object(Parameter)
  return typeof Value === 'string' ? Value : undefined
}
