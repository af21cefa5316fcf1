import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { loadConfig, optionsHelp, text, textWithDefault, wholeNumber } from '@muster/protocol/config'
import { readLocalAccess } from './local-access.ts'
import { createLocalClient } from './local-client.ts'

const verifyTable = {
  data: textWithDefault({
    flag: 'data',
    env: 'MUSTER_DATA',
    value: 'DIR',
    default: 'data/controller',
    help: 'data folder of the running controller',
  }),
  from: wholeNumber({
    flag: 'from',
    env: 'MUSTER_AUDIT_FROM',
    default: 1,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    help: 'row to begin with',
  }),
  checkpoints: text({
    flag: 'checkpoints',
    env: 'MUSTER_AUDIT_CHECKPOINT_FILE',
    value: 'FILE',
    help: 'checkpoints that were kept outside the store, one a line, to hold against it',
  }),
} as const

export const auditVerifyHelp = (): string =>
  `muster-controller audit verify [OPTIONS]\n\nGoes along the chain of the audit trail. Ends with 0 when it is whole, with 1 and a sentence when it is not.\n\n${optionsHelp(verifyTable)}\n`

const LINES_A_CALL = 1000

/** Exit status; the verdict goes to standard output. */
export async function auditVerify(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const config = loadConfig(verifyTable, { argv, env })
  const access = await readLocalAccess(config.data)
  if (!access) {
    process.stderr.write(
      `muster-controller: no controller runs on ${config.data} (start it, or name its folder with --data)\n`,
    )
    return 1
  }
  const call = createLocalClient(access)
  const kept = config.checkpoints === undefined ? [] : await readCheckpoints(config.checkpoints)
  const FromSequence = config.from
  let rows = 0
  let token: string | undefined
  let isWalked = false
  for (let at = 0; !isWalked || at < kept.length; at += LINES_A_CALL) {
    const Checkpoints = kept.slice(at, at + LINES_A_CALL)
    const answer = await call('VerifyAudit', {
      FromSequence,
      ...(Checkpoints.length > 0 ? { Checkpoints } : {}),
      ...(token === undefined ? {} : { NextToken: token }),
    })
    if (!isWalked) rows += answer.CheckedRows ?? 0
    if (answer.FirstProblem) {
      process.stdout.write(`audit trail is NOT valid: ${answer.FirstProblem.Kind}: ${answer.FirstProblem.Sentence}\n`)
      return 1
    }
    isWalked ||= answer.NextToken === undefined
    token = answer.NextToken ?? token
    if (isWalked && at + LINES_A_CALL >= kept.length)
      process.stdout.write(
        `audit trail is valid: ${rows} rows from ${FromSequence} to ${answer.HeadSequence ?? 0}, ${kept.length} checkpoints; store ${answer.StoreId ?? '(none yet)'}, key ${answer.PublicKey ?? '(none yet)'}\n`,
      )
  }
  return 0
}

/** Lines of the file that hold an object; syslog writes other lines between them. */
async function readCheckpoints(file: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line.includes('muster-audit-checkpoint')) lines.push(line)
  return lines
}
