import { generateKeyPairSync } from 'node:crypto'
import { type RunProof, signRunRecord, verifyRunProof } from '@muster/protocol/delivery'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { invocationEnd, readWhole, sendScript } from '../../rig/script.ts'

const stack = new AsyncDisposableStack()
const LARGE = 'a line of output\n'.repeat(10_000)

let small: RunProof
let large: RunProof

beforeAll(async () => {
  const controller = stack.use(await startController())
  const agent = stack.use(await startAgent(controller))
  const prove = async (...commands: string[]): Promise<RunProof> => {
    const commandId = await sendScript(controller, [agent.nodeId], commands)
    await invocationEnd(controller, commandId, agent.nodeId)
    return readProof(controller, commandId, agent.nodeId)
  }
  small = await prove('printf proof', 'exit 3')
  large = await prove('i=0; while [ $i -lt 10000 ]; do echo a line of output; i=$((i+1)); done')
})
afterAll(() => stack.disposeAsync())

const bytes = (base64: string | undefined): Uint8Array => new Uint8Array(Buffer.from(base64 ?? '', 'base64'))

/** Everything that a stranger would be handed: the signed record, the key, the envelope and the output. */
async function readProof(controller: TestController, CommandId: string, InstanceId: string): Promise<RunProof> {
  const proof = await controller.call('GetRunProof', { CommandId, InstanceId })
  const { data } = await readWhole(controller, { commandId: CommandId, nodeId: InstanceId })
  return {
    record: bytes(proof.Record),
    signature: bytes(proof.Signature),
    publicKey: bytes(proof.PublicKey),
    nodeId: proof.NodeId,
    envelope: bytes(proof.Envelope),
    outputs: [{ step: 0, stream: 'stdout', bytes: new Uint8Array(data) }],
  }
}

const reasonOf = (proof: RunProof): string => {
  const result = verifyRunProof(proof)
  return result.ok ? 'verified' : result.reason
}

/** One byte of the record, inside the value of a member. */
function alterMember({ record }: RunProof, member: string): Uint8Array {
  const text = Buffer.from(record).toString('latin1')
  const match = new RegExp(`"${member}":"?([^",}]+)`).exec(text)
  const at = match ? match.index + match[0].length - 1 : -1
  expect(at).toBeGreaterThan(0)
  // Still JSON of the same form: one digit or letter for another.
  const other = text[at] === '1' ? '2' : '1'
  return record.with(at, other.charCodeAt(0))
}

const FORGED = 'the signature is not of these bytes by this key'

it('proves a real run to someone who has no store', () => {
  const result = verifyRunProof(small)
  expect(result).toMatchObject({ ok: true, record: { nodeId: small.nodeId, status: 'Failed' } })
  expect(result.ok && result.record.steps[0]?.exitCode).toBe(3)
  expect(reasonOf(small)).toBe('verified')
})

it('proves output that is too large to travel in the result', () => {
  expect(Buffer.from(large.outputs?.[0]?.bytes ?? []).toString()).toBe(LARGE)
  expect(reasonOf(large)).toBe('verified')
})

it.each(['exitCode', 'bootId', 'nodeId', 'sha256', 'envelopeHash', 'commandId', 'status'])(
  'fails for one changed byte in %s of the record',
  (member) => {
    expect(reasonOf({ ...small, record: alterMember(small, member) })).toBe(FORGED)
  },
)

it('fails for one changed byte in the envelope, wherever it is', () => {
  const last = small.envelope.length - 1
  for (const at of [0, Math.floor(last / 2), last]) {
    const envelope = small.envelope.with(at, (small.envelope[at] ?? 0) ^ 1)
    expect(reasonOf({ ...small, envelope })).toBe('the record is of another envelope')
  }
})

it('fails for one changed byte in the output, first or last, small or large', () => {
  for (const proof of [small, large]) {
    const output = proof.outputs?.[0]
    if (!output) throw new Error('the proof has no output')
    for (const at of [0, output.bytes.length - 1]) {
      const changed = { ...output, bytes: output.bytes.with(at, (output.bytes[at] ?? 0) ^ 1) }
      expect(reasonOf({ ...proof, outputs: [changed] })).toBe('stdout of step 0 is not what the node signed')
    }
  }
})

it('fails for another node and for one changed byte anywhere in the signature', () => {
  const nodeId = small.nodeId.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  expect(reasonOf({ ...small, nodeId })).toBe('the record is of another node')
  for (let at = 0; at < small.signature.length; at++) {
    const signature = small.signature.with(at, (small.signature[at] ?? 0) ^ 1)
    expect(reasonOf({ ...small, signature })).toBe(FORGED)
  }
})

it('fails for the same record signed with another key, and passes only for who trusts that key', () => {
  const stranger = generateKeyPairSync('ed25519')
  const signature = signRunRecord(small.record, stranger.privateKey)
  expect(reasonOf({ ...small, signature })).toBe(FORGED)
  const publicKey = new Uint8Array(stranger.publicKey.export({ type: 'spki', format: 'der' }))
  expect(reasonOf({ ...small, publicKey })).toBe(FORGED)
  expect(reasonOf({ ...small, signature, publicKey })).toBe('verified')
})

it('fails for the output and the envelope of another run of the same node', () => {
  expect(reasonOf({ ...small, envelope: large.envelope })).toBe('the record is of another envelope')
  expect(reasonOf({ ...small, outputs: large.outputs ?? [] })).toBe('stdout of step 0 is not what the node signed')
})
