import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { KEY_BYTES } from './cipher.ts'
import { loadMasterKey, MasterKeyError } from './master-key.ts'

/** Where the master key comes from: the first that is given. */
export interface MasterKeySource {
  /** The key itself, in hexadecimal or base64. */
  readonly value?: string | undefined
  /** A line for the shell that prints the key. */
  readonly command?: string | undefined
  readonly file: string
}

const run = promisify(execFile)
const COMMAND_MS = 60_000
const MAX_PRINTED = 4096

/** Reads a key of 32 bytes as text: 64 hexadecimal digits or 44 characters of base64; undefined for anything else. */
export function parseKey(text: string): Uint8Array | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-fA-F]{64}$/.test(trimmed)) return new Uint8Array(Buffer.from(trimmed, 'hex'))
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return undefined
  const bytes = new Uint8Array(Buffer.from(trimmed, 'base64'))
  return bytes.length === KEY_BYTES ? bytes : undefined
}

/** Reads the master key; makes a file where that is asked for and the key is to lie in one. Throws MasterKeyError. */
export async function readMasterKey(
  { value, command, file }: MasterKeySource,
  { create }: { readonly create: boolean },
): Promise<Uint8Array> {
  if (value !== undefined) {
    const key = parseKey(value)
    if (key) return key
    throw new MasterKeyError('MUSTER_MASTER_KEY is not a key: 64 hexadecimal digits, or 32 bytes in base64.')
  }
  return command === undefined ? loadMasterKey(file, { create }) : askCommand(command)
}

/** What it printed is never told: it may be the key with a character too many. */
async function askCommand(command: string): Promise<Uint8Array> {
  const printed = await run('/bin/sh', ['-c', command], {
    ...{ encoding: 'buffer', timeout: COMMAND_MS, killSignal: 'SIGKILL', maxBuffer: MAX_PRINTED },
  }).catch((error: unknown) => {
    throw new MasterKeyError(`The master key command gave no key: ${whyOf(error)}.`)
  })
  const bytes = printed.stdout
  const key = bytes.length === KEY_BYTES ? new Uint8Array(bytes) : parseKey(bytes.toString('latin1'))
  if (key) return key
  throw new MasterKeyError(
    `The master key command printed ${bytes.length} bytes that are no key: 32 bytes, or these in hexadecimal or base64.`,
  )
}

function whyOf(error: unknown): string {
  const { code, killed, stderr } = error as { code?: unknown; killed?: boolean; stderr?: Buffer }
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${MAX_PRINTED} bytes`
  if (killed) return `it ran for more than ${COMMAND_MS / 1000} s`
  const said = stderr?.toString().trim().split('\n').at(-1) ?? ''
  return `it ended with ${String(code)}${said === '' ? '' : `: ${said}`}`
}
