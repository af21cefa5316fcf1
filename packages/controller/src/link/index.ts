/**
 * The server's end of the links to agents. In come upgrade requests on `/agent` from every listener; each login
 * (signature, channel, node, version) is checked before a WebSocket is accepted, and refused with a plain 401 that
 * names the reason. Out go transports for the hub: two lanes, bounded, without compression. It knows no frame's
 * meaning and keeps nothing but open sockets and challenges that were used in the last 30 seconds.
 */
export type { LinkDeps, LoginNode } from './deps.ts'
export { createLink, type LinkServer, type LinkStats } from './server.ts'
