import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { freezeSteps } from '@muster/protocol/delivery'
import { checkParameters, parseDocument } from '@muster/protocol/documents'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aWork, createHost, resultOf, startRig } from '#runner/test-rig.ts'
import { pluginsFor } from './index.ts'

const PARAMETERS = 80
const ROUNDS = 40
const names = Array.from({ length: PARAMETERS }, (_, index) => `p${index}`)
const document = parseDocument(
  JSON.stringify({
    schemaVersion: '2.2',
    parameters: Object.fromEntries(names.map((name) => [name, { type: 'String', interpolationType: 'ENV_VAR' }])),
    mainSteps: [
      {
        ...{ action: 'aws:runShellScript', name: 'print' },
        inputs: {
          runCommand: [
            ...names.map((name) => `printf '%s\\0' {{ ${name} }}`),
            // How documents are written that must also run where the variables are not known.
            `if [ -z "\${SSM_p0+x}" ]; then export SSM_p0="{{p0}}"; fi`,
            'x={{ p0 }}; [ "$x" = "$SSM_p0" ] || exit 9',
          ],
        },
      },
    ],
  }),
  'JSON',
)

/** Values that would leave the file `canary` if any part of them were run. */
function nastyValues(canary: string) {
  const attacks = [
    `$(touch ${canary})`,
    `\`touch ${canary}\``,
    `; touch ${canary}`,
    `\ntouch ${canary}\n`,
    `' ; touch ${canary} #`,
  ]
  const more = [
    `" ; touch ${canary} #`,
    `\${x:-$(touch ${canary})}`,
    `| touch ${canary}`,
    `&& touch ${canary}`,
    `{{ p1 }}`,
  ]
  const wraps = [
    '"',
    "'",
    '\\',
    '$',
    '`',
    '\n',
    ' ',
    '*',
    '$$',
    '}',
    '{{',
    '"$',
    'é😀',
    '\r',
    '\t',
    '#',
    '-n ',
    '%s',
    '\u0001',
  ]
  const piece = fc.oneof(fc.constantFrom(...attacks, ...more), fc.constantFrom(...wraps), fc.string({ maxLength: 8 }))
  return fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('').replaceAll('\0', '').toWellFormed())
}

test('no value of an ENV_VAR parameter is run: thousands of nasty ones reach the script byte by byte', async () => {
  if (!document.ok) throw new Error(document.text)
  using host = createHost()
  await using rig = await startRig(host, { deps: { plugins: pluginsFor('linux') } })
  const canary = join(host.folder, 'canary')
  const rounds = fc.array(nastyValues(canary), { minLength: PARAMETERS, maxLength: PARAMETERS })
  for (const [round, values] of fc.sample(rounds, { numRuns: ROUNDS, seed: 42 }).entries()) {
    const given = Object.fromEntries(names.map((name, index) => [name, [values[index] ?? '']]))
    const checked = checkParameters(document.document, given)
    if (!checked.ok) throw new Error(checked.problem.detail)
    const frozen = freezeSteps(document.document, checked.values)
    if (!frozen.ok) throw new Error(frozen.text)
    await rig.runner.accept(aWork(`round-${round}`, [], { steps: frozen.steps }))
    const { fact } = await resultOf(rig.runner, `round-${round}`)
    const [head] = fact.result.heads
    const printed = Buffer.from(head?.stdout.whole ?? []).toString('utf8')
    expect({ printed: printed.split('\0'), stderr: head?.stderr.text, ran: existsSync(canary) }).toEqual({
      ...{ printed: [...values, ''], stderr: '', ran: false },
    })
  }
}, 120_000)
