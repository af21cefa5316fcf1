import { hash } from 'node:crypto'
import { genericErrors } from '@muster/protocol/api'
import type { Clock } from '@muster/protocol/kit'
import { ApiError } from '#api/api-error.ts'
import { createLeakyBuckets } from '#kit/leaky-buckets.ts'
import { networkOf } from '#kit/network.ts'

/** Slows down sources whose credentials are refused again and again. */
export interface Refusals {
  /**
   * Runs the check of a credential, unless its source has to wait: then it throws ThrottlingException. A credential
   * that was found good at this source before is always checked, so that a neighbour's bad one locks nobody out.
   */
  guard<T>(source: string, credential: string, check: () => Promise<T>): Promise<T>
}

const BURST_SECONDS = 10
const MAX_SOURCES = 10_000
const MAX_PROVEN = 10_000
const COUNTED: ReadonlySet<string> = new Set(['InvalidSignatureException', 'UnrecognizedClientException'])

/** Makes the keeper of one API; 0 a second is no limit. */
export function createRefusals({ clock, perSecond }: { readonly clock: Clock; readonly perSecond: number }): Refusals {
  if (perSecond === 0) return { guard: (_source, _credential, check) => check() }
  const buckets = createLeakyBuckets({
    burst: perSecond * BURST_SECONDS,
    leakMs: 1000 / perSecond,
    maxKeys: MAX_SOURCES,
  })
  const proven = new Set<string>()
  const prove = (pair: string): void => {
    if (proven.has(pair)) return
    proven.add(pair)
    if (proven.size > MAX_PROVEN) for (const oldest of proven) if (proven.delete(oldest)) break
  }
  return {
    async guard(source, credential, check) {
      const network = networkOf(source)
      const pair = `${network} ${credential}`
      if (buckets.waitMs(network, clock.monotonic()) > 0 && !proven.has(pair))
        throw new ApiError('ThrottlingException', genericErrors.ThrottlingException.text)
      try {
        const found = await check()
        prove(pair)
        return found
      } catch (error) {
        if (error instanceof ApiError && COUNTED.has(error.code)) buckets.add(network, clock.monotonic())
        throw error
      }
    },
  }
}

/** A bearer token as a credential's name: nothing keeps the token itself. */
export const nameOfToken = (token: string): string => hash('sha256', token, 'base64url')
