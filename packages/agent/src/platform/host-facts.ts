import { arch, hostname, networkInterfaces, platform, release } from 'node:os'
import { readIfThere } from './files.ts'

/** What a node tells about itself at login. */
export interface HostFacts {
  readonly computerName: string
  readonly ipAddress: string
  readonly platformType: 'Linux' | 'Windows' | 'MacOS'
  readonly platformName: string
  readonly platformVersion: string
  readonly architecture: string
}

const TYPES: Partial<Record<NodeJS.Platform, HostFacts['platformType']>> = { win32: 'Windows', darwin: 'MacOS' }
// SSM's words for architectures are those of uname.
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i386' }

/** The facts, from one small file and a few calls that never wait. */
export async function readHostFacts(osRelease = '/etc/os-release'): Promise<HostFacts> {
  const { name, version } = await readSystem(osRelease)
  return {
    computerName: hostname(),
    ipAddress: firstAddress(),
    platformType: TYPES[platform()] ?? 'Linux',
    platformName: name,
    platformVersion: version,
    architecture: ARCHITECTURES[arch()] ?? arch(),
  }
}

async function readSystem(osRelease: string): Promise<{ readonly name: string; readonly version: string }> {
  const names = parseOsRelease((await readIfThere(osRelease)) ?? '')
  const [name, version] = [names.get('NAME'), names.get('VERSION_ID')]
  if (name !== undefined) return { name, version: version ?? release() }
  // Loaded only where there is no os-release: the agent stays small.
  const { osInfo } = await import('systeminformation')
  const { distro, release: systemRelease } = await osInfo()
  return { name: distro || platform(), version: systemRelease || release() }
}

/** The variables of an os-release file; quotes and backslashes as a shell reads them. */
export function parseOsRelease(text: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line)
    if (match) names.set(match[1] ?? '', unquote(match[2] ?? ''))
  }
  return names
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value)
  if (quoted === null) return value
  const [, quote, inner = ''] = quoted
  return quote === '"' ? inner.replace(/\\(["$`\\])/g, '$1') : inner
}

function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = addresses.filter((address) => !address.internal)
  return (outside.find((address) => address.family === 'IPv4') ?? outside[0])?.address ?? '127.0.0.1'
}
