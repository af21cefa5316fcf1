import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkParameters, parseDocument } from '#documents/index.ts'
import { decodeEnvelope, type Envelope, encodeEnvelope, envelopeExpiresAt, envelopeHash } from './envelope.ts'
import { freezeSteps, MAX_FROZEN_CHARS } from './freeze.ts'
import { documentHash, parametersHash } from './hash.ts'

const anEnvelope = (members: Partial<Envelope> = {}): Envelope => ({
  format: 1,
  commandId: '6d1a1d5e-8b6c-4f5c-9d58-0c1c7a3d2b10',
  documentName: 'AWS-RunShellScript',
  documentVersion: '1',
  documentHash: documentHash('{}'),
  schemaVersion: '2.2',
  parametersHash: parametersHash({ commands: ['true'] }),
  principal: 'arn:aws:iam::123456789012:root',
  requestedAt: 1_800_000_000_000,
  deliverBy: 1_800_003_600_000,
  steps: [
    {
      index: 0,
      name: 'one',
      action: 'aws:runShellScript',
      timeoutSeconds: 60,
      inputs: { runCommand: ['true', { deep: [1.5, null] }] },
      env: { SSM_p: 'x' },
      precondition: {
        comparisons: [
          { left: { platform: true }, right: { text: 'Linux' }, written: '"StringEquals": [platformType, Linux]' },
        ],
        problems: [],
      },
    },
    { index: 1, name: 'two', action: 'aws:runShellScript', timeoutSeconds: 30, inputs: {} },
  ],
  ...members,
})

const decodeText = (text: string) => decodeEnvelope(new TextEncoder().encode(text))
const bodyOf = (envelope: object) =>
  JSON.parse(new TextDecoder().decode(encodeEnvelope(envelope as Envelope)).slice(19))
const reasonOf = (change: (body: Record<string, unknown>) => void) => {
  const body = bodyOf(anEnvelope())
  change(body)
  const result = decodeEnvelope(encodeEnvelope(body))
  return result.ok ? 'accepted' : result.reason
}

test('an envelope comes back as it was, and its bytes begin with their domain', () => {
  const bytes = encodeEnvelope(anEnvelope())
  expect(new TextDecoder().decode(bytes)).toMatch(/^muster-envelope-v1\n\{"commandId":/)
  expect(decodeEnvelope(bytes)).toEqual({ ok: true, value: anEnvelope() })
})

test('the same work has the same bytes and hash, whatever the order of its members', () => {
  const reversed = Object.fromEntries(Object.entries(anEnvelope()).reverse()) as unknown as Envelope
  expect(envelopeHash(encodeEnvelope(reversed))).toBe(envelopeHash(encodeEnvelope(anEnvelope())))
})

test('expiry is the deadline to start plus the time of every step', () => {
  expect(envelopeExpiresAt(anEnvelope())).toBe(1_800_003_600_000 + 90_000)
})

test.each<[(body: Record<string, unknown>) => void, string]>([
  [(body) => delete body['commandId'], 'envelope.commandId is missing'],
  [(body) => Object.assign(body, { format: 2 }), 'envelope.format must be 1'],
  [(body) => Object.assign(body, { nodeId: 'mi-1' }), 'envelope.nodeId is not a member of this format'],
  [(body) => Object.assign(body, { documentHash: 'ABC' }), 'envelope.documentHash must be a SHA-256 in hex'],
  [(body) => Object.assign(body, { schemaVersion: '9.9' }), 'envelope.schemaVersion must be 1.2 or 2.0 or 2.2'],
  [(body) => Object.assign(body, { deliverBy: -1 }), 'envelope.deliverBy must be at least 0'],
  [(body) => Object.assign(body, { deliverBy: 1.5 }), 'envelope.deliverBy must be a whole number'],
  [(body) => Object.assign(body, { steps: {} }), 'envelope.steps must be a list'],
  [(body) => Object.assign(body, { steps: [] }), 'envelope.steps is empty'],
  [(body) => Object.assign(body, { steps: [bodyOf(anEnvelope()).steps[1]] }), 'envelope.steps[0].index must be 0'],
  [(body) => Object.assign((body['steps'] as object[])[1]!, { name: 5 }), 'envelope.steps[1].name must be a string'],
  [(body) => Object.assign((body['steps'] as object[])[1]!, { inputs: [] }), 'envelope.steps[1].inputs must be a map'],
  [
    (body) => Object.assign((body['steps'] as object[])[1]!, { env: { A: 1 } }),
    'envelope.steps[1].env.A must be a string',
  ],
  [
    (body) => Object.assign((body['steps'] as object[])[1]!, { inputs: JSON.parse('{"a":[{"__proto__":1}]}') }),
    'envelope.steps[1].inputs.a.0 must not have a member named __proto__',
  ],
  [
    (body) =>
      Object.assign((body['steps'] as object[])[1]!, { precondition: { comparisons: [{ left: {} }], problems: [] } }),
    'envelope.steps[1].precondition.comparisons[0].left.text is missing',
  ],
])('refuses a changed member with its place: %s', (change, reason) => {
  expect(reasonOf(change)).toBe(reason)
})

test('refuses bytes of another domain, cut bytes, and other spellings of the same work', () => {
  const text = new TextDecoder().decode(encodeEnvelope(anEnvelope()))
  expect(decodeText(text.replace('envelope-v1', 'envelope-v2'))).toEqual({
    ok: false,
    reason: 'the bytes are not in the format muster-envelope-v1',
  })
  expect(decodeText(text.slice(0, 12))).toMatchObject({ ok: false })
  expect(decodeText(text.slice(0, -1))).toEqual({ ok: false, reason: 'the envelope is not canonical JSON' })
  expect(decodeText(`${text} `)).toEqual({ ok: false, reason: 'the envelope is not in canonical form' })
  expect(decodeText(text.replace('"format":1', '"format":1.0'))).toEqual({
    ok: false,
    reason: 'the envelope is not in canonical form',
  })
  expect(decodeText(text.replace('"format":1', '"format":1,"format":1'))).toEqual({
    ok: false,
    reason: 'the envelope is not in canonical form',
  })
})

test('refuses invalid UTF-8 and a byte order mark', () => {
  const bytes = encodeEnvelope(anEnvelope())
  expect(decodeEnvelope(bytes.with(60, 0xff))).toMatchObject({ ok: false })
  expect(decodeText(`muster-envelope-v1\n\uFEFF{}`)).toEqual({
    ok: false,
    reason: 'the envelope is not canonical JSON',
  })
})

test('never throws on changed bytes, and never takes them for the same work', () => {
  const bytes = encodeEnvelope(anEnvelope())
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, flip) => {
      const changed = bytes.with(position, (bytes[position] ?? 0) ^ flip)
      expect(envelopeHash(changed)).not.toBe(envelopeHash(bytes))
      const decoded = decodeEnvelope(changed)
      if (decoded.ok) expect(decoded.value).not.toEqual(anEnvelope())
    }),
    { numRuns: 300 },
  )
})

function freeze(document: object, given: Record<string, string[]>) {
  const parsed = parseDocument(JSON.stringify(document), 'JSON')
  if (!parsed.ok) throw new Error(parsed.text)
  const checked = checkParameters(parsed.document, given)
  if (!checked.ok) throw new Error(checked.problem.detail)
  return freezeSteps(parsed.document, checked.values)
}

const withInputs = (inputs: object, interpolationType?: 'ENV_VAR') => ({
  schemaVersion: '2.2',
  parameters: { p: { type: 'String', default: '60', ...(interpolationType && { interpolationType }) } },
  mainSteps: [{ action: 'aws:runShellScript', name: 's', inputs, precondition: { StringEquals: ['{{ p }}', 'x'] } }],
})

test('freezing puts parameters into inputs, time limit, variables and precondition, once', () => {
  expect(freeze(withInputs({ runCommand: ['echo {{ p }}'], timeoutSeconds: '{{ p }}' }, 'ENV_VAR'), {})).toEqual({
    ok: true,
    steps: [
      {
        index: 0,
        name: 's',
        action: 'aws:runShellScript',
        timeoutSeconds: 60,
        inputs: { runCommand: [`echo "\${SSM_p}"`], timeoutSeconds: '60' },
        env: { SSM_p: '60' },
        precondition: {
          comparisons: [{ left: { text: '60' }, right: { text: 'x' }, written: '"StringEquals": [{{ p }}, x]' }],
          problems: [],
        },
      },
    ],
  })
})

test('freezing refuses what would grow beyond its bound', () => {
  const bomb = withInputs({ runCommand: Array(5000).fill('{{p}}') })
  expect(freeze(bomb, { p: ['x'.repeat(1000)] })).toEqual({
    ok: false,
    text: `The steps have more than ${MAX_FROZEN_CHARS} characters once parameters are put in.`,
  })
  expect(freeze(bomb, { p: ['x'] })).toMatchObject({ ok: true })
})

test('freezing counts the variables that every step carries', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ action: 'aws:runShellScript', name: `s${index}` }))
  const document = { ...withInputs({}, 'ENV_VAR'), mainSteps: many }
  expect(freeze(document, { p: ['x'.repeat(60_000)] })).toMatchObject({ ok: false })
  expect(freeze(document, { p: ['x'.repeat(1000)] })).toMatchObject({ ok: true })
})

test('what is frozen can always be encoded and decoded', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (inputs, p) => {
      const parsed = parseDocument(JSON.stringify(withInputs({ any: inputs, runCommand: 'x{{p}}' })), 'JSON')
      const checked = parsed.ok ? checkParameters(parsed.document, { p: [p] }) : parsed
      if (!parsed.ok || !checked.ok) return
      const frozen = freezeSteps(parsed.document, checked.values)
      if (!frozen.ok) return
      const bytes = encodeEnvelope(anEnvelope({ steps: frozen.steps }))
      expect(decodeEnvelope(bytes)).toMatchObject({ ok: true })
    }),
    { numRuns: 100 },
  )
})

test('hashes are SHA-256 in hex, and the order of parameters does not matter', () => {
  expect(documentHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(parametersHash({ a: ['1'], b: [] })).toBe(parametersHash({ b: [], a: ['1'] }))
})
