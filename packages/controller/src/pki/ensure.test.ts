import { execFile } from 'node:child_process'
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { createManualClock } from '@muster/protocol/kit'
import { describe, expect, it } from 'vitest'
import { type Certificates, ensureCertificates, readCertificates } from './index.ts'

const DAY_MS = 86_400_000

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'muster-pki-'))
  return { folder: join(folder, 'pki'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const realClock = () => createManualClock(Date.now())

/** Connects over TLS with the authority as the only trusted one. */
async function handshake(certificates: Certificates, servername: string): Promise<'accepted' | string> {
  const server = createServer({ cert: certificates.certPem, key: certificates.keyPem }, (socket) => socket.end())
  const { promise, resolve } = Promise.withResolvers<string>()
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    const ca = certificates.caPem
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, ...(ca ? { ca } : {}), servername })
    socket.on('secureConnect', () => resolve('accepted'))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('secureConnect', () => socket.destroy())
  })
  const result = await promise
  await new Promise((done) => server.close(done))
  return result
}

describe('ensureCertificates', () => {
  it('makes a certificate that a client with the authority accepts for each name, and for no other', async () => {
    await using place = await temporaryFolder()
    const hosts = ['controller.example', '10.1.2.3', '[2001:db8::0:1]']
    const certificates = await ensureCertificates(place.folder, { hosts, clock: realClock() })
    expect(await handshake(certificates, 'controller.example')).toBe('accepted')
    expect(await handshake(certificates, 'localhost')).toBe('accepted')
    expect(await handshake(certificates, 'elsewhere.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    const certificate = new X509Certificate(certificates.certPem)
    for (const ip of ['10.1.2.3', '2001:db8::1', '127.0.0.1', '::1']) expect(certificate.checkIP(ip)).toBeDefined()
  })

  it('makes certificates that openssl verifies strictly', async () => {
    await using place = await temporaryFolder()
    await ensureCertificates(place.folder, { hosts: [], clock: realClock() })
    const at = (name: string) => join(place.folder, name)
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', at('ca.pem'), at('server.pem')]
    const { stdout } = await promisify(execFile)('openssl', args)
    expect(stdout).toContain('OK')
  })

  it('keeps its keys for the owner alone', async () => {
    await using place = await temporaryFolder()
    await ensureCertificates(place.folder, { hosts: [], clock: realClock() })
    const modeOf = async (file: string) => (await stat(file)).mode & 0o777
    expect(await modeOf(place.folder)).toBe(0o700)
    expect(await modeOf(join(place.folder, 'ca-key.pem'))).toBe(0o600)
    expect(await modeOf(join(place.folder, 'server-key.pem'))).toBe(0o600)
  })

  it('gives the same certificates at the next start', async () => {
    await using place = await temporaryFolder()
    const options = { hosts: ['a.example', '10.0.0.1'], clock: realClock() }
    const first = await ensureCertificates(place.folder, options)
    expect(await ensureCertificates(place.folder, options)).toEqual(first)
  })

  it('renews the server certificate for other hosts, under the same authority and pin', async () => {
    await using place = await temporaryFolder()
    const clock = realClock()
    const first = await ensureCertificates(place.folder, { hosts: ['a.example'], clock })
    const second = await ensureCertificates(place.folder, { hosts: ['b.example'], clock })
    expect(second.certPem).not.toBe(first.certPem)
    expect(second.caPem).toBe(first.caPem)
    expect(second.caSpkiSha256).toBe(first.caSpkiSha256)
  })

  it('renews the server certificate when less than 30 of its 397 days are left', async () => {
    await using place = await temporaryFolder()
    const clock = realClock()
    const first = await ensureCertificates(place.folder, { hosts: [], clock })
    const validTo = Date.parse(new X509Certificate(first.certPem).validTo)
    expect(validTo - clock.now()).toBeLessThanOrEqual(397 * DAY_MS)
    clock.set(validTo - 31 * DAY_MS)
    expect((await ensureCertificates(place.folder, { hosts: [], clock })).certPem).toBe(first.certPem)
    clock.set(validTo - 29 * DAY_MS)
    expect((await ensureCertificates(place.folder, { hosts: [], clock })).certPem).not.toBe(first.certPem)
  })

  it('pins the public key of the authority as curl does', async () => {
    await using place = await temporaryFolder()
    const { caPem = '', caSpkiSha256 } = await ensureCertificates(place.folder, { hosts: [], clock: realClock() })
    const spki = createPublicKey(caPem).export({ type: 'spki', format: 'der' })
    expect(caSpkiSha256).toBe(createHash('sha256').update(spki).digest('base64'))
  })

  it('never replaces an authority whose key is gone, since hosts pin it', async () => {
    await using place = await temporaryFolder()
    const options = { hosts: [], clock: realClock() }
    await ensureCertificates(place.folder, options)
    await rm(join(place.folder, 'ca-key.pem'))
    await expect(ensureCertificates(place.folder, options)).rejects.toThrow(/restore the key from a backup/)
  })

  it('goes on after a start that ended between key and certificate', async () => {
    await using place = await temporaryFolder()
    const options = { hosts: [], clock: realClock() }
    await ensureCertificates(place.folder, options)
    await rm(join(place.folder, 'ca.pem'))
    await rm(join(place.folder, 'server.pem'))
    expect(await handshake(await ensureCertificates(place.folder, options), 'localhost')).toBe('accepted')
  })

  it('refuses a name that is neither DNS name nor address', async () => {
    await using place = await temporaryFolder()
    const ensure = (host: string) => ensureCertificates(place.folder, { hosts: [host], clock: realClock() })
    await expect(ensure('a b')).rejects.toThrow('"a b" is neither a DNS name nor an IP address')
    await expect(ensure('*.example')).rejects.toThrow('neither')
  })
})

describe('readCertificates', () => {
  it('takes a certificate that the operator brings', async () => {
    await using place = await temporaryFolder()
    const clock = realClock()
    const own = await ensureCertificates(place.folder, { hosts: [], clock })
    const at = (name: string) => join(place.folder, name)
    const files = { certFile: at('server.pem'), keyFile: at('server-key.pem') }
    expect(await readCertificates(files, clock)).toEqual({ certPem: own.certPem, keyPem: own.keyPem })
    expect(await readCertificates({ ...files, caFile: at('ca.pem') }, clock)).toEqual(own)
  })

  it('says what is wrong with one that cannot serve', async () => {
    await using place = await temporaryFolder()
    const clock = realClock()
    await ensureCertificates(place.folder, { hosts: [], clock })
    const at = (name: string) => join(place.folder, name)
    const read = (certFile: string, keyFile: string) =>
      readCertificates({ certFile: at(certFile), keyFile: at(keyFile) }, clock)
    await writeFile(at('text.pem'), 'no PEM')
    await expect(read('absent.pem', 'server-key.pem')).rejects.toThrow('absent.pem cannot be read')
    await expect(read('text.pem', 'server-key.pem')).rejects.toThrow('text.pem holds no certificate in PEM')
    await expect(read('server.pem', 'text.pem')).rejects.toThrow('text.pem holds no private key in PEM')
    await expect(read('server.pem', 'ca-key.pem')).rejects.toThrow('is not that of')
    clock.advance(400 * DAY_MS)
    await expect(read('server.pem', 'server-key.pem')).rejects.toThrow('ended on')
    expect(await readFile(at('text.pem'), 'utf8')).toBe('no PEM')
  })
})
