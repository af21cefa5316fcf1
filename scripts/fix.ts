// `npm run fix`: formats and applies the safe fixes of the linter, then makes the generated files again.
import { join } from 'node:path'
import { root, runTool } from './run.ts'

const format = await runTool('biome', ['check', '--write', '.'])
const generate = await runTool('node', [join(root, 'scripts/generate.ts')])
process.exitCode = format || generate
