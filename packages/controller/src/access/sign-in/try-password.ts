import { ApiError } from '#api/index.ts'
import type { SignInOperationDeps } from './deps.ts'
import { PasswordsBusy } from './password.ts'

export interface Try {
  readonly account: string
  readonly source: string
  readonly at: number
}

/** Refuses a try that has to wait; counts it as failed until `succeeded` is called. */
export function beginTry({ attempts }: Pick<SignInOperationDeps, 'attempts'>, { account, source, at }: Try): void {
  const waitMs = attempts.waitMs(account, source, at)
  if (waitMs > 0) throw tooMany(waitMs)
  attempts.begun(account, source, at)
}

/** Whether a password is right, after the same work in any case. */
export async function isRight(
  { passwords }: Pick<SignInOperationDeps, 'passwords'>,
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  try {
    return await passwords.isRight(password, hash)
  } catch (error) {
    throw error instanceof PasswordsBusy ? tooMany(1000) : error
  }
}

/** A new password's hash, made before the transaction that keeps it. */
export async function hashed({ passwords }: Pick<SignInOperationDeps, 'passwords'>, password: string): Promise<string> {
  try {
    return await passwords.hash(password)
  } catch (error) {
    throw error instanceof PasswordsBusy ? tooMany(1000) : error
  }
}

const tooMany = (waitMs: number): ApiError =>
  new ApiError('ThrottlingException', `Too many passwords were tried: try again in ${Math.ceil(waitMs / 1000)} s.`)
