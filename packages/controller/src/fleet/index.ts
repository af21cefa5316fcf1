/**
 * The fleet: activations, enrolment, managed nodes and the selection of targets. In come the operations on activations
 * and nodes, hosts that enrol, and what the hub learns of links; out go nodes for logins, targets for commands, and
 * news of what is deregistered. Nodes are never deleted: what they did stays on record under their key.
 */
import type { QueriedNode } from '@muster/protocol/api'
import type { Operation } from '#api/operation.ts'
import type { Route } from '#api/route.ts'
import type { Reader } from '#db/index.ts'
import type { Presence } from '#hub/index.ts'
import { nodeArn } from '#kit/identity.ts'
import type { Query, QueryAnswer } from '#kit/query.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { FleetDeps } from './deps.ts'
import { enrolRoute } from './enrol.ts'
import { enrolFileRoutes } from './enrol-files.ts'
import { findPublicKeys } from './identity/keys.ts'
import { findQuarantined } from './identity/store.ts'
import { identitySweeps } from './identity/sweeps.ts'
import { createNews, type FleetNews } from './news.ts'
import type { FleetNode } from './node.ts'
import { createActivation } from './operations/create-activation.ts'
import { createEnrolmentCommand } from './operations/create-enrolment-command.ts'
import { deleteActivation } from './operations/delete-activation.ts'
import { deregisterManagedInstance } from './operations/deregister-managed-instance.ts'
import { describeActivations } from './operations/describe-activations.ts'
import { describeInstanceInformation } from './operations/describe-instance-information.ts'
import { describeInstanceProperties } from './operations/describe-instance-properties.ts'
import { describeNodeIdentities } from './operations/describe-node-identities.ts'
import { getConnectionStatus } from './operations/get-connection-status.ts'
import { listNodes } from './operations/list-nodes.ts'
import { listNodesSummary } from './operations/list-nodes-summary.ts'
import { releaseNode } from './operations/release-node.ts'
import { rotateNodeKey } from './operations/rotate-node-key.ts'
import { updateManagedInstanceRole } from './operations/update-managed-instance-role.ts'
import { createPresence } from './presence.ts'
import { queryNodes } from './query.ts'
import { type Selection, selectTargets, type TargetRequest } from './select.ts'
import { findLabels, findNode, findNodeByKey } from './store.ts'
import { findTagShares } from './tag-shares.ts'

export type { AgentFile, AgentObjects, EnrolmentDeps, FleetDeps, FleetLog } from './deps.ts'
export type { FleetNews } from './news.ts'
export type { FleetNode, HostFacts, PlatformType } from './node.ts'
export type { Selection, Target, TargetRequest } from './select.ts'
export type { SelectedNode } from './store.ts'

export interface Fleet {
  readonly operations: readonly Operation[]
  readonly routes: readonly Route[]
  readonly sweeps: readonly Sweep[]
  /** Those of these nodes that are in quarantine, with the cause. */
  quarantined(db: Reader, nodeKeys: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** What the hub tells of links. */
  readonly presence: Presence
  /** The node that wants to log in, also one that is deregistered. */
  findNodeForLogin(nodeId: string): Promise<FleetNode | undefined>
  find(db: Reader, nodeId: string): Promise<FleetNode | undefined>
  findByKey(db: Reader, nodeKey: number): Promise<FleetNode | undefined>
  /** Key of a node, registered or not any more. */
  findKey(db: Reader, nodeId: string): Promise<number | undefined>
  /** Every key that the node signs or has signed with, SPKI in DER; the one in use first. */
  publicKeysOf(db: Reader, nodeKey: number): Promise<readonly Uint8Array[]>
  /** What the agent of a node says is wrong there; empty when nothing is. */
  troubleOf(db: Reader, nodeKey: number): Promise<string>
  /** How nodes are shown, registered or not any more. */
  labels(
    db: Reader,
    nodeKeys: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly id: string; readonly name: string | undefined }>>
  /** Those of these nodes that are not registered any more. */
  deregistered(db: Reader, nodeKeys: readonly number[]): Promise<readonly number[]>
  /** Resolves targets to registered nodes, in the transaction that uses them. */
  select(db: Reader, request: TargetRequest): Promise<Selection>
  /** By tag key in lower case, of those asked for: the highest share, in percent, of the nodes with one value of it. */
  tagShares(
    db: Reader,
    nodeIds: readonly string[],
    isAsked: (key: string) => boolean,
  ): Promise<ReadonlyMap<string, number>>
  nodeArn(nodeId: string): string
  query(db: Reader, query: Query): Promise<QueryAnswer<QueriedNode>>
  subscribe(listener: FleetNews): void
}

/** Wires the fleet slice. */
export function createFleet(deps: FleetDeps): Fleet {
  const { db, home, tags } = deps
  const news = createNews()
  const arn = (nodeId: string): string => nodeArn(home, nodeId)
  tags.registerType('ManagedInstance', {
    arn,
    idOf: (given) => (given.startsWith(arn('')) ? given.slice(arn('').length) : undefined),
    changed: news.changed,
    exists: async (reader, id) => {
      const node = await findNode(reader, id)
      return node !== undefined && node.deregisteredAt === undefined
    },
  })
  return {
    operations: [
      createActivation(deps),
      createEnrolmentCommand(deps),
      describeActivations(deps),
      deleteActivation(),
      describeInstanceInformation(deps),
      describeInstanceProperties(deps),
      listNodes(deps),
      listNodesSummary(deps),
      getConnectionStatus(deps),
      updateManagedInstanceRole(deps, news),
      deregisterManagedInstance(deps, news),
      describeNodeIdentities(deps),
      releaseNode(deps, news),
      rotateNodeKey(deps),
    ],
    routes: [enrolRoute(deps, news), ...(deps.enrolment ? enrolFileRoutes(deps.enrolment) : [])],
    presence: createPresence(deps),
    sweeps: identitySweeps({ ...deps, rotateKeysMs: deps.rotateKeysMs }),
    quarantined: (reader, nodeKeys) => findQuarantined(reader, db.dialect, nodeKeys),
    findNodeForLogin: (nodeId) => findNode(db.read, nodeId),
    find: findNode,
    findByKey: findNodeByKey,
    findKey: async (reader, nodeId) => (await findNode(reader, nodeId))?.key,
    publicKeysOf: findPublicKeys,
    troubleOf: async (reader, nodeKey) => (await findNodeByKey(reader, nodeKey))?.trouble ?? '',
    labels: (reader, nodeKeys) => findLabels(reader, db.dialect, nodeKeys),
    async deregistered(reader, nodeKeys) {
      const labels = await findLabels(reader, db.dialect, nodeKeys)
      return nodeKeys.filter((key) => labels.get(key)?.registered !== true)
    },
    select: (reader, request) => selectTargets(reader, { tags, dialect: db.dialect }, request),
    tagShares: (reader, nodeIds, isAsked) => findTagShares(reader, tags, nodeIds, isAsked),
    nodeArn: arn,
    query: (reader, query) => queryNodes(reader, deps, query),
    subscribe: news.subscribe,
  }
}
