/**
 * The controller's TLS identity: an authority of its own that hosts pin when they enrol, and a server certificate for
 * the names under which hosts reach it; or a certificate that the operator brings. In: a folder, names, the clock.
 * Out: PEM texts and the pin. The authority's key never leaves the folder (0700, key files 0600).
 */
export { CertificateProblem, type Certificates, ensureCertificates, readCertificates } from './ensure.ts'
