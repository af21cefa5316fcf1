import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestCertificate {
  readonly certPem: string
  readonly keyPem: string
}

let made: TestCertificate | undefined

/** A certificate for localhost and 127.0.0.1 that signs itself; made once a process. */
export function testCertificate(): TestCertificate {
  if (made) return made
  const folder = mkdtempSync(join(tmpdir(), 'muster-cert-'))
  try {
    const key = join(folder, 'key.pem')
    const cert = join(folder, 'cert.pem')
    const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const files = ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', names]
    execFileSync('openssl', ['req', '-x509', ...curve, ...files], { stdio: 'pipe' })
    made = { certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') }
    return made
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
