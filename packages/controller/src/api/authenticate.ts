import { genericErrors } from '@muster/protocol/api'
import { ApiError } from './api-error.ts'
import { parseAuthorization } from './authorization.ts'
import type { SignedRequest } from './canonical-request.ts'
import type { AccessPort, Principal } from './deps.ts'
import { nameOfToken, type Refusals } from './limits/index.ts'
import { checkSignature } from './sigv4.ts'

/** Finds out whose request it is, or throws the error that the caller gets. */
export interface Authenticator {
  signed(request: SignedRequest, service: 'ssm' | 'sts', source: string): Promise<Principal>
  bearer(authorization: string | undefined, source: string): Promise<Principal>
}

export interface AuthenticatorDeps {
  readonly access: Pick<AccessPort, 'findAccessKey' | 'findBearer'>
  readonly refusals: Refusals
  readonly now: () => number
  readonly region: string
  readonly regionAliases: readonly string[]
}

// Stock clients sign for the token service's global endpoint with this one, whatever region is configured.
const GLOBAL_STS_REGION = 'us-east-1'
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i

/** Makes the authenticator of one API. */
export function createAuthenticator(deps: AuthenticatorDeps): Authenticator {
  const { access, refusals, now, region, regionAliases } = deps
  const regions = [region, ...regionAliases]
  const scopes = {
    ssm: { service: 'ssm', regions },
    sts: { service: 'sts', regions: [...regions, GLOBAL_STS_REGION] },
  }
  return {
    async signed(request, service, source) {
      const authorization = parseAuthorization(request)
      return refusals.guard(source, authorization.keyId, async () => {
        const key = await access.findAccessKey(authorization.keyId, request.headers['x-amz-security-token'])
        checkSignature(request, authorization, key, scopes[service], now())
        if (key.expiresAt !== undefined && key.expiresAt <= now())
          throw new ApiError('ExpiredTokenException', genericErrors.ExpiredTokenException.text)
        return key.principal
      })
    },
    async bearer(authorization, source) {
      if (authorization === undefined)
        throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token')
      const token = BEARER.exec(authorization)?.[1]
      if (token === undefined)
        throw new ApiError('IncompleteSignatureException', 'This route takes the Authorization header "Bearer TOKEN".')
      return refusals.guard(source, nameOfToken(token), async () => {
        const principal = await access.findBearer(token)
        if (!principal)
          throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.')
        return principal
      })
    },
  }
}
