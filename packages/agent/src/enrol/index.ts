/**
 * Enrolment: from an activation's id and code to a key of this host's own and a node id.
 * In: what the operator pasted. Out: `identity.pem` and `registration.json` (0600) in the data folder.
 * An agent never enrols again by itself.
 */
export { type Generations, openGenerations, readGenerations } from './generation.ts'
export { type Identity, IdentityError, type KeyRing, openKeyRing, readIdentity } from './identity.ts'
export { RegisterRefused, type RegisterRequest, register } from './register.ts'
export { type Registration, RegistrationError, readRegistration } from './registration.ts'
