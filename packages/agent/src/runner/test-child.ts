/**
 * An agent's runner in a process of its own, for tests that kill it: node test-child.ts HOST-FOLDER FAILPOINTS.
 * Accepts the works of works.json there and writes one line for each result; ends when all are there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Work } from './runner.ts'
import { resultOf, startRig } from './test-rig.ts'

const [folder = '', failpoints] = process.argv.slice(2)
const works: (Omit<Work, 'envelope'> & { envelope: string })[] = JSON.parse(
  readFileSync(join(folder, 'works.json'), 'utf8'),
)
// Nothing else keeps this process alive while a script runs outside of it.
const alive = setInterval(() => {}, 60_000)
const rig = await startRig({ folder }, { failpoints })
process.stdout.write('ready\n')
for (const work of works) await rig.runner.accept({ ...work, envelope: Buffer.from(work.envelope, 'base64') })
for (const { invocationId } of works) {
  const { number } = await resultOf(rig.runner, invocationId)
  process.stdout.write(`result ${invocationId}\n`)
  await rig.runner.receipted(number)
}
clearInterval(alive)
await rig[Symbol.asyncDispose]()
