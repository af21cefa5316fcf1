import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Hashes passwords with argon2id, a few at once: each takes memory and time on purpose. */
export interface Passwords {
  /** As `argon2id$m,t,p$SALT$HASH`. */
  hash(password: string): Promise<string>
  /** Whether it is the password; false after the same work where there is none. */
  isRight(password: string, hashed: string | undefined): Promise<boolean>
}

/** More wait for a hash than may. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const SALT_BYTES = 16
const HASH_BYTES = 32
const AT_ONCE = 2
const MAX_WAITING = 64

interface Cost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

export function createPasswords(): Passwords {
  const waiting: (() => void)[] = []
  let running = 0

  async function taking<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAX_WAITING) throw new PasswordsBusy('Too many passwords are being checked.')
      await new Promise<void>((resume) => waiting.push(resume))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  const derive = (password: string, salt: Uint8Array, { memory, passes, lanes }: Cost): Promise<Buffer> =>
    taking(
      () =>
        new Promise((resolve, reject) => {
          const parameters = {
            message: password.normalize('NFC'),
            nonce: salt,
            parallelism: lanes,
            tagLength: HASH_BYTES,
          }
          argon2('argon2id', { ...parameters, memory, passes }, (error, key) => (error ? reject(error) : resolve(key)))
        }),
    )

  const cost: Cost = { memory: MEMORY_KIB, passes: PASSES, lanes: LANES }
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const key = await derive(password, salt, cost)
      return `argon2id$${MEMORY_KIB},${PASSES},${LANES}$${salt.toString('base64')}$${key.toString('base64')}`
    },
    async isRight(password, hashed) {
      const [, numbers = '', salt = '', hash = ''] = hashed?.split('$') ?? []
      const [memory = MEMORY_KIB, passes = PASSES, lanes = LANES] = numbers === '' ? [] : numbers.split(',').map(Number)
      const key = await derive(password, salt === '' ? Buffer.alloc(SALT_BYTES) : Buffer.from(salt, 'base64'), {
        memory,
        passes,
        lanes,
      })
      const known = Buffer.from(hash, 'base64')
      return (
        timingSafeEqual(key, known.length === HASH_BYTES ? known : Buffer.alloc(HASH_BYTES)) && hashed !== undefined
      )
    },
  }
}

const MIN_CHARS = 8
const MAX_CHARS = 128

/** Why a password will not do; undefined when it will. */
export function passwordProblem(password: string, userName: string): string | undefined {
  const length = [...password].length
  if (length < MIN_CHARS) return `Password should have a minimum length of ${MIN_CHARS}.`
  if (length > MAX_CHARS) return `Password should have a maximum length of ${MAX_CHARS}.`
  if (/\p{Cc}/u.test(password)) return 'Password should have no control characters.'
  if (new Set(password).size < 4) return 'Password should have at least 4 different characters.'
  if (password.toLowerCase().includes(userName.toLowerCase()) && userName.length >= 4)
    return 'Password should not contain the name of its user.'
  return undefined
}
