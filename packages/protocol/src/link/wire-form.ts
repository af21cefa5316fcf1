import type { Fact, Frame, StepHeads, StreamHead, StreamName } from './frame.ts'
import { muster } from './frames.generated.js'

type WireFrame = muster.link.Frame.$Properties
type WireHead = muster.link.StreamHead.$Properties

/** The generated message for a frame; the codec writes it out. */
export function toWireForm(frame: Frame): WireFrame {
  switch (frame.kind) {
    case 'hello':
      return { hello: { ...frame.hello, actions: [...frame.hello.actions], holding: [...frame.hello.holding] } }
    case 'record': {
      const { journalId, number, invocationId, fact } = frame.record
      return { record: { journalId, number, invocationId, ...factForm(fact) } }
    }
    case 'output':
      return { output: { ...frame.output, stream: streamForm(frame.output.stream) } }
    case 'outputReceipt':
      return { outputReceipt: { ...frame.outputReceipt, stream: streamForm(frame.outputReceipt.stream) } }
    case 'work':
      return { work: { ...frame.work, signatures: [...frame.work.signatures] } }
    case 'heartbeat':
      return { heartbeat: frame.heartbeat }
    case 'workReceipt':
      return { workReceipt: frame.workReceipt }
    case 'call':
      return { call: frame.call }
    case 'welcome':
      return { welcome: frame.welcome }
    case 'heartbeatAnswer':
      return { heartbeatAnswer: frame.heartbeatAnswer }
    case 'cancel':
      return { cancel: frame.cancel }
    case 'recordReceipt':
      return { recordReceipt: frame.recordReceipt }
    case 'answer':
      return { answer: frame.answer }
    case 'goodbye':
      return { goodbye: frame.goodbye }
    case 'probe':
      return { probe: frame.probe }
    case 'probeAnswer':
      return { probeAnswer: frame.probeAnswer }
    case 'generationKept':
      return { generationKept: frame.generationKept }
    case 'rotateKey':
      return { rotateKey: {} }
    case 'newKey':
      return { newKey: frame.newKey }
    case 'keyKept':
      return { keyKept: frame.keyKept }
  }
}

function factForm(fact: Fact): Pick<muster.link.Record.$Properties, 'started' | 'result'> {
  if (fact.kind === 'started') return { started: fact.started }
  const { runRecord, signature, heads } = fact.result
  return { result: { runRecord, signature, heads: heads.map(stepForm) } }
}

const stepForm = ({ step, stdout, stderr }: StepHeads): muster.link.StepHeads.$Properties => ({
  step,
  stdout: headForm(stdout),
  stderr: headForm(stderr),
})

const headForm = ({ text, whole }: StreamHead): WireHead => (whole ? { text, whole, isWhole: true } : { text })

/** A stream's name on the wire. */
export const streamForm = (stream: StreamName): muster.link.Stream =>
  stream === 'stdout' ? muster.link.Stream.STDOUT : muster.link.Stream.STDERR
