import { createReadStream } from 'node:fs'
import type { Route, RouteAnswer } from '#api/route.ts'
import type { AgentFile, EnrolmentDeps } from './deps.ts'
import { renderScript } from './enrol-script.ts'

const SCRIPT_NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.sh$/

/** What an enrolling host downloads: the script, the runtime and the agent. */
export const enrolFileRoutes = (enrolment: EnrolmentDeps): readonly Route[] => [
  scriptRoute(enrolment),
  objectRoute([enrolment.objects.bundle, enrolment.objects.runtime]),
]

// Any id gets its script: it holds no secret, and whether an activation exists is nobody's business.
const scriptRoute = (enrolment: EnrolmentDeps): Route => ({
  method: 'GET',
  path: '/agent/enrol/:file',
  async handle({ params }) {
    const activationId = SCRIPT_NAME.exec(params['file'] ?? '')?.[1]
    if (activationId === undefined) return notFound
    return {
      status: 200,
      headers: { 'content-type': 'text/x-shellscript; charset=utf-8', 'cache-control': 'no-store' },
      body: renderScript(enrolment, activationId),
    }
  },
})

/** A caller names a hash, never a path: only the given files can be had. */
const objectRoute = (files: readonly AgentFile[]): Route => {
  const bySha256 = new Map(files.map((file) => [file.sha256, file]))
  return {
    method: 'GET',
    path: '/agent/objects/:sha256',
    async handle({ params }) {
      const file = bySha256.get(params['sha256'] ?? '')
      if (!file) return notFound
      return {
        status: 200,
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(file.size),
          'cache-control': 'public, max-age=31536000, immutable',
        },
        body: createReadStream(file.path),
      }
    },
  }
}

const notFound: RouteAnswer = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ reason: 'not-found', message: 'There is no such file.' }),
}
