import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** A download was refused or failed; the text is for whoever reads the step's output. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

// What is there answers to everyone on the host, credentials of its cloud among it.
const LINK_LOCAL = new BlockList()
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4')
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6')
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6')
LINK_LOCAL.addSubnet('::169.254.0.0', 112, 'ipv6')
LINK_LOCAL.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6')

/** Whether an address is of the host's own network segment, where clouds put their metadata. */
export function isLinkLocal(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  const family = isIP(plain)
  // Mapped addresses are taken for the IPv4 ones that they are.
  return family !== 0 && LINK_LOCAL.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/** Refuses an address that is written out in a URL; names are looked at when they are resolved. */
export function checkHost(hostname: string, allowLinkLocal: boolean): void {
  if (!allowLinkLocal && isLinkLocal(hostname.replace(/^\[|\]$/g, ''))) throw refusal(hostname)
}

/** Resolves names as the system does, to addresses that may be connected to: what was checked is what is used. */
export const guardedLookup =
  (allowLinkLocal: boolean): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const addresses = found as LookupAddress[]
      const open = allowLinkLocal ? addresses : addresses.filter(({ address }) => !isLinkLocal(address))
      const [first] = open
      if (first === undefined) return done(refusal(hostname), '')
      if (options.all) return done(null, open)
      return done(null, first.address, first.family)
    })
  }

/** Checks a host that another program is going to connect to. */
export async function checkName(hostname: string, allowLinkLocal: boolean): Promise<void> {
  checkHost(hostname, allowLinkLocal)
  if (allowLinkLocal || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return
  const found = await new Promise<readonly LookupAddress[]>((resolve) =>
    // A name that is not known is that program's to complain about.
    lookup(hostname, { all: true }, (error, addresses) => resolve(error ? [] : addresses)),
  )
  if (found.some(({ address }) => isLinkLocal(address))) throw refusal(hostname)
}

const refusal = (hostname: string): DownloadError =>
  new DownloadError(
    `${hostname} is a link-local address (cloud metadata), which this host does not download from; the agent's --allow-link-local allows it`,
  )
