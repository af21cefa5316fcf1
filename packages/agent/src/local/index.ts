/**
 * The door of the running agent for programs on the same host: a socket in its data folder, which only its owner can
 * reach. In come the names of operations with their inputs, one line of JSON a connection; they go to the controller over
 * the agent's link, as the node, and the answer comes back as one line.
 */
export { askAgent, NoAgent } from './client.ts'
export { type Local, openLocal } from './server.ts'
export { type LocalAnswer, type LocalRequest, socketPath } from './wire.ts'
