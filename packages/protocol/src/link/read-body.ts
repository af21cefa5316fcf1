import { BadFrame, bytes, count, list, present, text, time } from './checks.ts'
import type { Fact, Frame, FrameBodies, FrameKind, HostFacts, StepHeads, StreamHead, StreamName } from './frame.ts'
import { muster } from './frames.generated.js'
import { MAX_FRAME_BYTES, WHOLE_STREAM_BYTES } from './limits.ts'

const link = muster.link
type Reader = Parameters<typeof link.Frame.decode>[0]

const ID_CHARS = 128
const NAME_CHARS = 256
const REASON_CHARS = 1024
const MAX_ACTIONS = 200
const MAX_HOLDING = 10_000
const MAX_STEPS = 1_000
const MAX_SIGNATURES = 16
// Characters may be pairs of UTF-16 units.
const HEAD_UNITS = 48_000

const host = (value: muster.link.HostFacts.$Properties): HostFacts => ({
  computerName: text(value.computerName, 'hello.host.computer_name', NAME_CHARS),
  ipAddress: text(value.ipAddress, 'hello.host.ip_address', NAME_CHARS),
  platformType: text(value.platformType, 'hello.host.platform_type', NAME_CHARS),
  platformName: text(value.platformName, 'hello.host.platform_name', NAME_CHARS),
  platformVersion: text(value.platformVersion, 'hello.host.platform_version', NAME_CHARS),
  architecture: text(value.architecture, 'hello.host.architecture', NAME_CHARS),
})

const invocation = (value: { invocationId?: string | null }, kind: string): string =>
  text(value.invocationId, `${kind}.invocation_id`, ID_CHARS, true)

function stream(value: muster.link.Stream | null | undefined, field: string): StreamName {
  const found = value ?? muster.link.Stream.STDOUT
  if (found === muster.link.Stream.STDOUT) return 'stdout'
  if (found === muster.link.Stream.STDERR) return 'stderr'
  throw new BadFrame(`${field} is no known stream`)
}

function head(value: muster.link.StreamHead.$Properties | null | undefined, field: string): StreamHead {
  const kept = text(value?.text, `${field}.text`, HEAD_UNITS)
  return value?.isWhole
    ? { text: kept, whole: bytes(value.whole, `${field}.whole`, WHOLE_STREAM_BYTES) }
    : { text: kept }
}

const heads = (value: muster.link.StepHeads.$Properties, field: string): StepHeads => ({
  step: count(value.step, `${field}.step`),
  stdout: head(value.stdout, `${field}.stdout`),
  stderr: head(value.stderr, `${field}.stderr`),
})

function fact({ started, result }: muster.link.Record.$Properties): Fact {
  if (started)
    return {
      kind: 'started',
      started: {
        step: count(started.step, 'started.step'),
        attempt: count(started.attempt, 'started.attempt'),
        at: time(started.at, 'started.at'),
        bootId: text(started.bootId, 'started.boot_id', ID_CHARS),
      },
    }
  const found = present(result, 'record.fact')
  return {
    kind: 'result',
    result: {
      runRecord: bytes(found.runRecord, 'result.run_record', MAX_FRAME_BYTES),
      signature: bytes(found.signature, 'result.signature', 512),
      heads: list(found.heads, 'result.heads', MAX_STEPS, heads),
    },
  }
}

const agentBodies = {
  hello: (reader: Reader) => {
    const value = link.Hello.decode(reader)
    return {
      linkVersion: count(value.linkVersion, 'hello.link_version'),
      agentVersion: text(value.agentVersion, 'hello.agent_version', ID_CHARS),
      actions: list(value.actions, 'hello.actions', MAX_ACTIONS, (action, field) =>
        text(action, field, ID_CHARS, true),
      ),
      host: host(present(value.host, 'hello.host')),
      bootId: text(value.bootId, 'hello.boot_id', ID_CHARS),
      journalId: text(value.journalId, 'hello.journal_id', ID_CHARS, true),
      lastRecord: count(value.lastRecord, 'hello.last_record'),
      holding: list(value.holding, 'hello.holding', MAX_HOLDING, (id, field) => text(id, field, ID_CHARS, true)),
      policyMode: text(value.policyMode, 'hello.policy_mode', ID_CHARS),
      processId: text(value.processId, 'hello.process_id', ID_CHARS),
    }
  },
  heartbeat: (reader: Reader) => {
    const value = link.Heartbeat.decode(reader)
    return {
      sequence: count(value.sequence, 'heartbeat.sequence'),
      running: count(value.running, 'heartbeat.running'),
      degraded: value.degraded ?? false,
      degradedReason: text(value.degradedReason, 'heartbeat.degraded_reason', REASON_CHARS),
    }
  },
  workReceipt: (reader: Reader) => {
    const value = link.WorkReceipt.decode(reader)
    return { invocationId: invocation(value, 'work_receipt'), known: value.known ?? false }
  },
  record: (reader: Reader) => {
    const value = link.Record.decode(reader)
    const number = count(value.number, 'record.number')
    if (number === 0) throw new BadFrame('record.number is missing')
    return {
      journalId: text(value.journalId, 'record.journal_id', ID_CHARS, true),
      number,
      invocationId: invocation(value, 'record'),
      fact: fact(value),
    }
  },
  output: (reader: Reader) => {
    const value = link.Output.decode(reader)
    return {
      invocationId: invocation(value, 'output'),
      step: count(value.step, 'output.step'),
      attempt: count(value.attempt, 'output.attempt'),
      stream: stream(value.stream, 'output.stream'),
      offset: count(value.offset, 'output.offset'),
      data: bytes(value.data, 'output.data', MAX_FRAME_BYTES),
      end: value.end ?? false,
      dropped: count(value.dropped, 'output.dropped'),
    }
  },
  call: (reader: Reader) => {
    const value = link.Call.decode(reader)
    return {
      id: count(value.id, 'call.id'),
      operation: text(value.operation, 'call.operation', ID_CHARS, true),
      input: bytes(value.input, 'call.input', MAX_FRAME_BYTES),
    }
  },
  probeAnswer: (reader: Reader) => ({ nonce: count(link.ProbeAnswer.decode(reader).nonce, 'probe_answer.nonce') }),
  generationKept: (reader: Reader) => ({
    generation: count(link.GenerationKept.decode(reader).generation, 'generation_kept.generation'),
  }),
  newKey: (reader: Reader) => {
    const value = link.NewKey.decode(reader)
    return {
      publicKey: bytes(value.publicKey, 'new_key.public_key', 512),
      signature: bytes(value.signature, 'new_key.signature', 512),
      ownSignature: bytes(value.ownSignature, 'new_key.own_signature', 512),
    }
  },
}

const controllerBodies = {
  welcome: (reader: Reader) => {
    const value = link.Welcome.decode(reader)
    return {
      linkVersion: count(value.linkVersion, 'welcome.link_version'),
      controllerTime: time(value.controllerTime, 'welcome.controller_time'),
      heartbeatMs: count(value.heartbeatMs, 'welcome.heartbeat_ms'),
      epoch: count(value.epoch, 'welcome.epoch'),
      receivedRecord: count(value.receivedRecord, 'welcome.received_record'),
      accountId: text(value.accountId, 'welcome.account_id', ID_CHARS),
      region: text(value.region, 'welcome.region', ID_CHARS),
      controllerId: text(value.controllerId, 'welcome.controller_id', ID_CHARS),
      generation: count(value.generation, 'welcome.generation'),
      quarantined: value.quarantined ?? false,
      dropUnstarted: value.dropUnstarted ?? false,
    }
  },
  heartbeatAnswer: (reader: Reader) => {
    const value = link.HeartbeatAnswer.decode(reader)
    return {
      sequence: count(value.sequence, 'heartbeat_answer.sequence'),
      controllerTime: time(value.controllerTime, 'heartbeat_answer.controller_time'),
      heartbeatMs: count(value.heartbeatMs, 'heartbeat_answer.heartbeat_ms'),
    }
  },
  work: (reader: Reader) => {
    const value = link.Work.decode(reader)
    return {
      invocationId: invocation(value, 'work'),
      commandId: text(value.commandId, 'work.command_id', ID_CHARS, true),
      envelope: bytes(value.envelope, 'work.envelope', MAX_FRAME_BYTES),
      deliverBy: time(value.deliverBy, 'work.deliver_by'),
      expiresAt: time(value.expiresAt, 'work.expires_at'),
      signatures: list(value.signatures, 'work.signatures', MAX_SIGNATURES, (signature, field) => ({
        keyId: text(signature.keyId, `${field}.key_id`, ID_CHARS, true),
        value: bytes(signature.value, `${field}.value`, 512),
      })),
    }
  },
  cancel: (reader: Reader) => ({
    invocationId: invocation(link.Cancel.decode(reader), 'cancel'),
  }),
  recordReceipt: (reader: Reader) => {
    const value = link.RecordReceipt.decode(reader)
    return {
      journalId: text(value.journalId, 'record_receipt.journal_id', ID_CHARS, true),
      number: count(value.number, 'record_receipt.number'),
    }
  },
  outputReceipt: (reader: Reader) => {
    const value = link.OutputReceipt.decode(reader)
    return {
      invocationId: invocation(value, 'output_receipt'),
      step: count(value.step, 'output_receipt.step'),
      attempt: count(value.attempt, 'output_receipt.attempt'),
      stream: stream(value.stream, 'output_receipt.stream'),
      received: count(value.received, 'output_receipt.received'),
      sealed: count(value.sealed, 'output_receipt.sealed'),
      ended: value.ended,
    }
  },
  answer: (reader: Reader) => {
    const value = link.Answer.decode(reader)
    return {
      id: count(value.id, 'answer.id'),
      status: count(value.status, 'answer.status'),
      body: bytes(value.body, 'answer.body', MAX_FRAME_BYTES),
    }
  },
  goodbye: (reader: Reader) => {
    const value = link.Goodbye.decode(reader)
    return {
      reason: text(value.reason, 'goodbye.reason', REASON_CHARS),
      retryAfterMs: count(value.retryAfterMs, 'goodbye.retry_after_ms'),
    }
  },
  probe: (reader: Reader) => ({ nonce: count(link.Probe.decode(reader).nonce, 'probe.nonce') }),
  rotateKey: (reader: Reader) => {
    link.RotateKey.decode(reader)
    return {}
  },
  keyKept: (reader: Reader) => ({
    publicKey: bytes(link.KeyKept.decode(reader).publicKey, 'key_kept.public_key', 512),
  }),
}

const readers: { readonly [K in FrameKind]: (reader: Reader) => FrameBodies[K] } = {
  ...agentBodies,
  ...controllerBodies,
}

/** Reads one body of the given kind and checks every field of it; throws for anything else. */
export const readBody = (kind: FrameKind, reader: Reader): Frame =>
  ({ kind, [kind]: readers[kind](reader) }) as unknown as Frame
