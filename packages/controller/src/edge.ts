import { type Api, type Connections, createConnections, type Listeners, openListeners } from '#api/index.ts'
import { createDescriptors } from '#kit/descriptors.ts'
import type { Log } from '#kit/logging.ts'
import type { Metrics } from '#kit/metrics.ts'
import type { LinkServer } from '#link/index.ts'
import type { Certificates } from '#pki/index.ts'
import type { ControllerConfig } from './config.ts'

/** What stands between the network and the parts: which connections are taken. */
export interface Edge extends Disposable {
  readonly connections: Connections
  /** Why no connection is taken now; undefined while some are. */
  problem(): string | undefined
}

/** Makes the edge of one controller. */
export function createEdge(
  config: ControllerConfig,
  { metrics, log }: { readonly metrics: Metrics; readonly log: Log },
): Edge {
  const refused = metrics.counter('muster_connections_refused_total', 'Connections that were closed at once.', ['why'])
  const descriptors = createDescriptors({
    onChange(isShort, open, limit) {
      if (isShort) log.error({ open, limit }, 'file descriptors are short: no new connection is taken')
      else log.warn({ open, limit }, 'there are file descriptors again')
    },
  })
  const connections = createConnections({
    limits: { all: config.maxConnections, source: config.maxConnectionsPerSource },
    hasDescriptor: descriptors.take,
    onRefused: (why) => refused({ why }),
  })
  metrics.gauge('muster_connections', 'Open connections that are no link of a node.', connections.open)
  return { connections, problem: descriptors.problem, [Symbol.dispose]: () => descriptors[Symbol.dispose]() }
}

const LOOPBACK = /\/\/(127\.|localhost[:/]|\[::1\])/
const WILDCARD = /\/\/(0\.0\.0\.0|\[::\])/

/** Addresses that another host may reach when none is named: loopback only where there is nothing else; https first. */
export function reachable(urls: readonly string[]): readonly string[] {
  const named = urls.filter((url) => !WILDCARD.test(url))
  const outside = named.filter((url) => !LOOPBACK.test(url))
  return [...(outside.length > 0 ? outside : named)].sort(
    (a, b) => Number(b.startsWith('https:')) - Number(a.startsWith('https:')),
  )
}

interface Behind {
  readonly certificates: Certificates | undefined
  readonly api: Api
  readonly link: LinkServer
  readonly edge: Edge
}

/** Opens the listeners that the configuration names. */
export function listen(config: ControllerConfig, { certificates, api, link, edge }: Behind): Promise<Listeners> {
  const addresses = config.listen.map((url) => ({
    url,
    ...(certificates && url.startsWith('https:') ? { tls: certificates } : {}),
  }))
  return openListeners(addresses, {
    handler: api.handler,
    onUpgrade: link.onUpgrade,
    connections: edge.connections,
    onClosing: () => api.endCalls(),
    allowPlainHttp: config.allowPlainHttp,
  })
}
