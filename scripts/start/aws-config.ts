import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Root's access key as the stock clients read it from one file: `AWS_CONFIG_FILE=data/aws aws ssm …`. */
export interface RootKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The key of an earlier start, or a new one; the controller takes it on at its first start. */
export async function rootKey(file: string): Promise<RootKey> {
  if (existsSync(file)) {
    const text = await readFile(file, 'utf8')
    const accessKeyId = /^aws_access_key_id *= *(\S+)$/m.exec(text)?.[1]
    const secretAccessKey = /^aws_secret_access_key *= *(\S+)$/m.exec(text)?.[1]
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey }
  }
  const letters = [...randomBytes(16)].map((byte) => BASE32[byte % 32]).join('')
  return { accessKeyId: `AKIA${letters}`, secretAccessKey: randomBytes(30).toString('base64') }
}

/** Written before the controller starts, so that a crash in between loses no key. */
export async function writeAwsConfig(file: string, key: RootKey, region: string, endpoint: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const lines = [
    '[default]',
    `region = ${region}`,
    `endpoint_url = ${endpoint}`,
    `aws_access_key_id = ${key.accessKeyId}`,
    `aws_secret_access_key = ${key.secretAccessKey}`,
    'cli_pager =',
  ]
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}
