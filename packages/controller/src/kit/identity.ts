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
  /** Address of the peer, as the socket says it; no forwarding header is believed. */
  readonly source: string
}

/** Where this controller stands: what every ARN is made of. */
export interface Home {
  readonly accountId: string
  readonly region: string
}

export const ssmArn = (home: Home, resource: string): string =>
  `arn:aws:ssm:${home.region}:${home.accountId}:${resource}`
export const nodeArn = (home: Home, nodeId: string): string => ssmArn(home, `managed-instance/${nodeId}`)
