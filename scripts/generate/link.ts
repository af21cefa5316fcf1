// Static encode and decode code of the link's frames, made by pbjs from every .proto file of packages/protocol/proto.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const HEAD = '// Written by "npm run generate" from packages/protocol/proto/*.proto. Do not edit.\n'
// pbjs with --no-comments would leave the declarations empty; without create, verify, convert and the rest the code is half as long.
const OPTIONS =
  '-t static-module -w esm --dts --force-number --no-create --no-verify --no-convert --no-delimited --no-typeurl'

/** The generated files by path; none when there is no .proto file. */
export function generateLink(root: string): Map<string, string> {
  const folder = join(root, 'packages/protocol/proto')
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.proto'))
    .sort()
  if (sources.length === 0) return new Map()
  const out = mkdtempSync(join(tmpdir(), 'muster-generate-'))
  try {
    const pbjs = join(root, 'node_modules/protobufjs-cli/bin/pbjs')
    const args = [
      pbjs,
      ...OPTIONS.split(' '),
      '-o',
      join(out, 'frames.js'),
      ...sources.map((name) => join(folder, name)),
    ]
    execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    const target = 'packages/protocol/src/link/frames.generated'
    return new Map([
      [`${target}.js`, HEAD + readFileSync(join(out, 'frames.js'), 'utf8')],
      [`${target}.d.ts`, HEAD + withoutLong(readFileSync(join(out, 'frames.d.ts'), 'utf8'))],
    ])
  } finally {
    rmSync(out, { recursive: true })
  }
}

// --force-number leaves the import of a package that is not installed and, with it, not used.
function withoutLong(declarations: string): string {
  return declarations.replace('import Long = require("long");\n', '')
}
