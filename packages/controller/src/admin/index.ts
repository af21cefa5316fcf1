/**
 * The administrator on the controller's own machine: sub-commands of `muster-controller` that speak to the running
 * controller through its API. In: the data folder, which only its owner can read. Out: what the API answers.
 * Nothing here opens the database: one process owns it.
 */
export { activationCreate, activationCreateHelp } from './activation-create.ts'
export { auditVerify, auditVerifyHelp } from './audit-verify.ts'
export { type LocalAccess, localUrl, readLocalAccess, removeLocalAccess, writeLocalAccess } from './local-access.ts'
export { createLocalClient } from './local-client.ts'
