/**
 * The controller's TLS identity: an authority of its own that hosts pin when they enrol, and a server certificate for
 * the names under which hosts reach it; or a certificate that the operator brings. In: a folder, names, the clock.
 * Out: PEM texts and the pin. The authority's key leaves the folder (0700, key files 0600) only sealed, for the other
 * controllers of the same store.
 */
export type { Pair } from './certificate.ts'
export { CertificateProblem, type Certificates, ensureCertificates, readCertificates } from './ensure.ts'
