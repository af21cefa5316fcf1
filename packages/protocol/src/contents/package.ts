import { isMap, type Platform } from '#documents/index.ts'
import type { PlainObject } from '#kit/index.ts'
import {
  ALL_PLATFORMS,
  type ContentFormat,
  descriptionOf,
  findSchemaProblem,
  findTextProblem,
  readFiles,
  readMap,
  refuseContent,
  type TypedResult,
} from './typed.ts'

/** Package documents: a manifest of schema 2.0 that names a file for each platform, its version and its architecture. */
export function parsePackage(content: string, format: ContentFormat): TypedResult {
  const read = readMap('Package', content, format)
  if (!read.ok) return read
  const { root } = read
  const schema = findSchemaProblem('Package', root, ['2.0'])
  if (schema) return schema
  const { packages, version } = root
  const problem = findTextProblem(root, ['description', 'publisher'])
  if (problem !== undefined) return refuseContent(problem)
  if (typeof version !== 'string' || version === '') return refuseContent('version must be a string such as "1.0.0".')
  if (root['files'] === undefined) return refuseContent('files is missing.')
  const files = readFiles(root['files'])
  if (typeof files === 'string') return refuseContent(files)
  if (files.size === 0) return refuseContent('files must name at least one file.')
  if (packages === undefined) return refuseContent('packages is missing.')
  if (!isMap(packages) || Object.keys(packages).length === 0)
    return refuseContent('packages must be a map of platforms, at least one.')
  const wrong = findPackagesProblem(packages, new Set(files.keys()))
  if (wrong !== undefined) return refuseContent(wrong)
  const shown = { schemaVersion: '2.0', ...descriptionOf(root), parameters: [], files }
  return { ok: true, document: { ...shown, platformTypes: platformsOf(Object.keys(packages)) } }
}

function findPackagesProblem(packages: PlainObject, files: ReadonlySet<string>): string | undefined {
  for (const [platform, versions] of Object.entries(packages)) {
    const place = `packages.${platform}`
    if (!isMap(versions)) return `${place} must be a map of versions of the platform; _any is all.`
    for (const [version, architectures] of Object.entries(versions)) {
      const inner = `${place}.${version}`
      if (!isMap(architectures)) return `${inner} must be a map of architectures; _any is all.`
      for (const [architecture, target] of Object.entries(architectures)) {
        const file = isMap(target) ? target['file'] : undefined
        if (typeof file !== 'string') return `${inner}.${architecture}.file must be the name of a file.`
        if (!files.has(file)) return `${inner}.${architecture}.file is ${file}, which files does not name.`
      }
    }
  }
  return undefined
}

// Every other name is that of a Linux distribution.
const FAMILIES: Readonly<Record<string, Platform>> = { windows: 'Windows', macos: 'MacOS' }

function platformsOf(names: readonly string[]): readonly Platform[] {
  if (names.includes('_any')) return ALL_PLATFORMS
  const platforms = new Set(names.map((name) => FAMILIES[name] ?? 'Linux'))
  return ALL_PLATFORMS.filter((platform) => platforms.has(platform))
}
