import {
  createHash,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  randomBytes,
  webcrypto,
  X509Certificate,
} from 'node:crypto'
import { isIP } from 'node:net'
import { provideReflection } from './reflect.ts'

/** A certificate and its private key, both PEM. */
export interface Pair {
  readonly certPem: string
  readonly keyPem: string
}

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3_650
/** Longer ones are refused by some clients. */
const SERVER_DAYS = 397
/** Hosts whose clocks are behind must be able to enrol, too. */
const BEHIND_MS = DAY_MS
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Loaded when a certificate is made, which is rare, and after what it needs is there. */
async function loadX509() {
  provideReflection()
  return import('@peculiar/x509')
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
const toPem = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()
// Positive, and without a leading zero byte, as some verifiers insist.
const newSerial = (): string => `4${randomBytes(16).toString('hex').slice(1)}`

/** Makes the controller's own certificate authority. */
export async function createAuthority(now: number): Promise<Pair> {
  const x509 = await loadX509()
  const keys = await newKeys()
  const serialNumber = newSerial()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber,
    // The serial number in the name keeps two controllers' authorities apart in a list of trusted ones.
    name: `CN=Muster CA ${serialNumber.slice(0, 8)}`,
    keys,
    notBefore: new Date(now - BEHIND_MS),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certPem: `${certificate.toString('pem')}\n`, keyPem: toPem(keys.privateKey) }
}

/** Makes a certificate for the given DNS names and IP addresses, signed by the authority. */
export async function issueServerCertificate(authority: Pair, hosts: readonly string[], now: number): Promise<Pair> {
  const x509 = await loadX509()
  const issuer = new X509Certificate(authority.certPem)
  const signingKey = createPrivateKey(authority.keyPem).toCryptoKey(ALGORITHM, false, ['sign'])
  const authorityKey = createPublicKey(authority.certPem).toCryptoKey(ALGORITHM, true, ['verify'])
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: 'CN=Muster controller',
    issuer: new x509.X509Certificate(issuer.raw).subject,
    notBefore: new Date(now - BEHIND_MS),
    notAfter: new Date(Math.min(now - BEHIND_MS + SERVER_DAYS * DAY_MS, Date.parse(issuer.validTo))),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKey),
    ],
  })
  return { certPem: `${certificate.toString('pem')}\n`, keyPem: toPem(keys.privateKey) }
}

/** SHA-256 of a certificate's public key in base64: the pin, as `curl --pinnedpubkey sha256//…` takes it. */
export function pinOf(certPem: string): string {
  const spki = new X509Certificate(certPem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}
