import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { Clock } from '@muster/protocol/kit'
import { createAuthority, issueServerCertificate, type Pair, pinOf } from './certificate.ts'

/** What a TLS listener and the hosts that check it need. */
export interface Certificates extends Pair {
  /** The authority that hosts pin; absent when a public one signed the certificate. */
  readonly caPem?: string
  /** SHA-256 of the authority's public key, base64. */
  readonly caSpkiSha256?: string
}

/** The certificates cannot be used or made as things are. */
export class CertificateProblem extends Error {
  override readonly name = 'CertificateProblem'
}

export interface EnsureOptions {
  readonly hosts: readonly string[]
  readonly clock: Pick<Clock, 'now'>
  /** Offers this controller's authority to the others of its store, and answers the one that all of them use. */
  readonly share?: ((own: Pair) => Promise<Pair>) | undefined
}

const DAY_MS = 86_400_000
const RENEW_BEFORE_DAYS = 30
const ALWAYS = ['localhost', '127.0.0.1', '::1']
const DNS_NAME = /^(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/

/**
 * Gives the controller's own authority and a server certificate for `hosts`, making what is not there. The authority
 * is never replaced, since hosts pin it; the server's is when the hosts change or 30 days are left. Call it again daily.
 */
export async function ensureCertificates(
  folder: string,
  { hosts, clock, share }: EnsureOptions,
): Promise<Certificates> {
  const names = normalise([...hosts, ...ALWAYS])
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const authority = await ensureAuthority(folder, clock.now(), share)
  const server = await ensureServer(folder, authority, names, clock.now())
  return { ...server, caPem: authority.certPem, caSpkiSha256: pinOf(authority.certPem) }
}

/** Reads a certificate that the operator brought, and checks that it can serve. */
export async function readCertificates(
  files: { readonly certFile: string; readonly keyFile: string; readonly caFile?: string | undefined },
  clock: Pick<Clock, 'now'>,
): Promise<Certificates> {
  const certPem = await readGiven(files.certFile)
  const keyPem = await readGiven(files.keyFile)
  const certificate = parse(certPem, files.certFile)
  const keyFits = (() => {
    try {
      return certificate.checkPrivateKey(createPrivateKey(keyPem))
    } catch (cause) {
      throw new CertificateProblem(`${files.keyFile} holds no private key in PEM`, { cause })
    }
  })()
  if (!keyFits) throw new CertificateProblem(`the key in ${files.keyFile} is not that of ${files.certFile}`)
  if (Date.parse(certificate.validTo) <= clock.now())
    throw new CertificateProblem(`the certificate in ${files.certFile} ended on ${certificate.validTo}`)
  if (files.caFile === undefined) return { certPem, keyPem }
  const caPem = await readGiven(files.caFile)
  parse(caPem, files.caFile)
  return { certPem, keyPem, caPem, caSpkiSha256: pinOf(caPem) }
}

async function ensureAuthority(folder: string, now: number, share: EnsureOptions['share']): Promise<Pair> {
  const at = { cert: join(folder, 'ca.pem'), key: join(folder, 'ca-key.pem') }
  const [certPem, keyPem] = [await readIfThere(at.cert), await readIfThere(at.key)]
  // The key is written first: a key alone is what an interrupted start leaves behind.
  if (certPem === undefined) {
    const fresh = await createAuthority(now)
    return writePair(at, share ? await share(fresh) : fresh)
  }
  if (keyPem === undefined)
    throw new CertificateProblem(`${at.key} is gone; enrolled hosts pin ${at.cert}, so restore the key from a backup`)
  if (!fits({ certPem, keyPem }))
    throw new CertificateProblem(`${at.key} is not the key of ${at.cert}; restore both from one backup`)
  if (Date.parse(new X509Certificate(certPem).validTo) <= now)
    throw new CertificateProblem(
      `the authority in ${at.cert} has ended; move the folder away and enrol the hosts again`,
    )
  const common = await share?.({ certPem, keyPem })
  if (common !== undefined && common.certPem !== certPem)
    throw new CertificateProblem(
      `the authority in ${at.cert} is not the one that the other controllers use; move the folder away to take theirs`,
    )
  return { certPem, keyPem }
}

async function ensureServer(folder: string, authority: Pair, hosts: readonly string[], now: number): Promise<Pair> {
  const at = { cert: join(folder, 'server.pem'), key: join(folder, 'server-key.pem') }
  const [certPem, keyPem] = [await readIfThere(at.cert), await readIfThere(at.key)]
  if (certPem !== undefined && keyPem !== undefined && isCurrent({ certPem, keyPem }, authority, hosts, now))
    return { certPem, keyPem }
  return writePair(at, await issueServerCertificate(authority, hosts, now))
}

function isCurrent(pair: Pair, authority: Pair, hosts: readonly string[], now: number): boolean {
  if (!fits(pair)) return false
  const certificate = new X509Certificate(pair.certPem)
  const issuer = new X509Certificate(authority.certPem)
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return false
  if (Date.parse(certificate.validTo) - now < RENEW_BEFORE_DAYS * DAY_MS) return false
  return namesOf(certificate).join() === hosts.join()
}

const namesOf = (certificate: X509Certificate): string[] =>
  normalise((certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, '')))

/** One spelling a host, sorted, each once. */
function normalise(hosts: readonly string[]): string[] {
  const names = hosts.map((host) => {
    const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
    if (isIP(bare) === 6) return new URL(`http://[${bare}]`).hostname.slice(1, -1)
    if (isIP(bare) === 4 || DNS_NAME.test(bare)) return bare
    throw new CertificateProblem(`"${host}" is neither a DNS name nor an IP address`)
  })
  return [...new Set(names)].sort()
}

function fits({ certPem, keyPem }: Pair): boolean {
  try {
    return new X509Certificate(certPem).checkPrivateKey(createPrivateKey(keyPem))
  } catch {
    return false
  }
}

async function writePair(at: { readonly cert: string; readonly key: string }, pair: Pair): Promise<Pair> {
  await writeWhole(at.key, pair.keyPem, 0o600)
  await writeWhole(at.cert, pair.certPem, 0o644)
  return pair
}

/** The file is there whole or not at all, also after a power cut. */
async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.new`
  await using handle = await open(draft, 'w', mode)
  await handle.chmod(mode)
  await handle.writeFile(text)
  await handle.sync()
  await rename(draft, file)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function readGiven(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CertificateProblem(`${file} cannot be read`, { cause })
  }
}

function parse(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new CertificateProblem(`${file} holds no certificate in PEM`, { cause })
  }
}
