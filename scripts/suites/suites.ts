import { probe } from '../run.ts'

/** A set of tests that is run, counted and named together. */
export interface Suite {
  readonly name: string
  readonly folders: readonly string[]
  /** Undefined when everything it needs is there, else what is missing. */
  missing(): Promise<string | undefined>
  readonly endurance?: boolean
  /** One file at a time: its tests measure memory, rates or time limits of real processes. */
  readonly alone?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** Beginnings of paths of tests that decide by chance (a seed): they never get a second look. */
  readonly neverAgain?: readonly string[]
}

const nothing = async (): Promise<undefined> => undefined

async function missingPrograms(needed: Readonly<Record<string, readonly string[]>>): Promise<string | undefined> {
  const absent: string[] = []
  for (const [program, args] of Object.entries(needed)) {
    if ((await probe(program, args)) === undefined) absent.push(program)
  }
  return absent.length > 0 ? `not found: ${absent.join(', ')}` : undefined
}

const linux = (): string | undefined =>
  process.platform === 'linux' ? undefined : `needs Linux, this is ${process.platform}`
const root = (): string | undefined => (process.getuid?.() === 0 ? undefined : 'needs root')

export const suites: readonly Suite[] = [
  { name: 'architecture', folders: ['test/architecture'], missing: nothing },
  {
    name: 'unit and slices',
    folders: ['packages', 'bench', 'test/kit', 'test/link', 'test/checker', 'test/iam', 'test/suites'],
    missing: nothing,
  },
  {
    name: 'end to end',
    folders: ['audit', 'crash', 'faults', 'identity', 'keys', 'peers', 'plugins', 'proof', 'secrets', 'start'].map(
      (name) => `test/e2e/${name}`,
    ),
    missing: async () => linux(),
  },
  {
    // Memory, rates and herds are measured here.
    name: 'under load',
    folders: ['output', 'protection', 'random-kills', 'rollout'].map((name) => `test/e2e/${name}`),
    alone: true,
    neverAgain: ['test/e2e/random-kills'],
    missing: async () => linux(),
  },
  {
    name: 'stock clients',
    alone: true,
    folders: ['test/compat'],
    missing: async () =>
      (await missingPrograms({ aws: ['--version'] })) ??
      ((await probe('python3', ['-c', 'import boto3'])) === undefined ? 'python3 without boto3' : undefined),
  },
  {
    name: 'Ansible',
    folders: ['test/ansible'],
    missing: async () =>
      linux() ??
      (await missingPrograms({ 'ansible-playbook': ['--version'] })) ??
      ((await probe('/usr/bin/python3', ['-c', 'import boto3'])) === undefined
        ? '/usr/bin/python3 without boto3'
        : undefined),
  },
  {
    name: 'S3 stores',
    folders: ['test/s3'],
    alone: true,
    missing: async () => linux() ?? (await missingPrograms({ moto_server: ['--help'] })),
  },
  {
    name: 'booted host',
    folders: ['test/host'],
    missing: async () =>
      linux() ??
      root() ??
      (await missingPrograms({
        'systemd-nspawn': ['--version'],
        mmdebstrap: ['--version'],
        ip: ['-V'],
        aws: ['--version'],
      })),
  },
  {
    name: 'networks',
    folders: ['test/network'],
    alone: true,
    missing: async () => linux() ?? root() ?? (await missingPrograms({ ip: ['-V'] })),
  },
  { name: 'endurance', folders: ['test/endurance'], endurance: true, alone: true, missing: async () => linux() },
]
