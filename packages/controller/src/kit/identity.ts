/** Who asks: the verified principal of a request, with the immutable id that rows keep. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role' | 'node'
  /** `root` is the account id; users `AIDA…`; roles and nodes `AROA…:session`. */
  readonly id: string
  readonly arn: string
  readonly accountId: string
  /** Only for nodes: `mi-` and 17 hex digits. */
  readonly nodeId?: string
  readonly roleId?: string
  /** The access key that it signs with; absent where it came by a bearer token or over its link. */
  readonly keyId?: string
  /** Only for temporary credentials. */
  readonly session?: SessionFacts
  /** Address of the peer, as the socket says it; no forwarding header is believed. */
  readonly source: string
  /** Whether the request came over TLS; absent where that is not known. */
  readonly secure?: boolean
  readonly userAgent?: string
}

/** What temporary credentials carry along. */
export interface SessionFacts {
  readonly issuedAt: number
  /** When a second factor was shown; absent where none was. */
  readonly mfaAt?: number
  /** Texts of the policies that it was asked for with: it may do only what these allow too. */
  readonly policies?: readonly string[]
  /** What it all began with: when that is gone or shut out, so is this. */
  readonly issuer?: { readonly userId?: string; readonly keyId?: string; readonly nodeId?: string }
  /** Ids of the roles that were assumed one from another, the last one included. */
  readonly roleIds: readonly string[]
  /** Only for sign-ins. */
  readonly signInId?: string
}

/** Where this controller stands: what every ARN is made of. */
export interface Home {
  readonly accountId: string
  readonly region: string
}

export const ssmArn = (home: Home, resource: string): string =>
  `arn:aws:ssm:${home.region}:${home.accountId}:${resource}`
export const nodeArn = (home: Home, nodeId: string): string => ssmArn(home, `managed-instance/${nodeId}`)
