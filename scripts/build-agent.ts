// Bundles the agent into one file that runs on the pinned Node without node_modules: build/agent/muster-agent.cjs.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where the bundle lies, its version and hash. */
export interface AgentBundle {
  readonly path: string
  readonly version: string
  readonly sha256: string
}

interface BuildOptions {
  /** In place of the package's own. */
  readonly version?: string
}

export async function buildAgent(
  folder = join(root, 'build', 'agent'),
  options: BuildOptions = {},
): Promise<AgentBundle> {
  const manifest = JSON.parse(readFileSync(join(root, 'packages/agent/package.json'), 'utf8')) as { version: string }
  const { version = manifest.version } = options
  const path = join(folder, 'muster-agent.cjs')
  const fresh = `${path}.${process.pid}`
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: [join(root, 'packages/agent/src/main.ts')],
    outfile: fresh,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    legalComments: 'none',
    minifyWhitespace: true,
    logLevel: 'warning',
    define: { 'import.meta.main': 'true', 'import.meta.url': '__bundleUrl' },
    banner: { js: "#!/usr/bin/env node\nconst __bundleUrl = require('node:url').pathToFileURL(__filename).href" },
    external: ['bufferutil', 'utf-8-validate'],
    plugins: [
      {
        name: 'version',
        setup: ({ onLoad }) =>
          onLoad({ filter: /packages\/agent\/package\.json$/ }, () => ({
            contents: JSON.stringify({ ...manifest, version }),
            loader: 'json',
          })),
      },
    ],
  })
  const bytes = await readFile(fresh)
  await rename(fresh, path)
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n')
  return { path, version, sha256: createHash('sha256').update(bytes).digest('hex') }
}

if (import.meta.main) {
  const { path, version, sha256 } = await buildAgent()
  process.stderr.write(`muster-agent ${version}: ${path} (sha256 ${sha256})\n`)
}
