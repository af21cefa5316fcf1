import { type Config, flag, list, loadConfig, oneOf, text, textWithDefault, wholeNumber } from '@muster/protocol/config'

const url = (value: string): string | undefined => {
  if (!URL.canParse(value)) return `"${value}" is not a URL`
  const { protocol, pathname, port } = new URL(value)
  if (protocol !== 'http:' && protocol !== 'https:') return `"${value}" must begin with http:// or https://`
  if (pathname !== '/' || value.includes('?')) return `"${value}" must have no path`
  return port === '0' && !value.includes(':0') ? `"${value}" has a bad port` : undefined
}
const region = (value: string): string | undefined =>
  /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value) ? undefined : `"${value}" does not look like a region, for instance us-east-1`

const rate = (what: string, value: number, help: string) =>
  wholeNumber({
    flag: `rate-${what}`,
    env: `MUSTER_RATE_${what.toUpperCase()}`,
    default: value,
    min: 0,
    max: 1_000_000,
    help,
  })

/** Everything that `muster-controller` can be told. docs/configuration.md is made from this table. */
export const controllerTable = {
  data: textWithDefault({
    flag: 'data',
    env: 'MUSTER_DATA',
    value: 'DIR',
    default: 'data/controller',
    help: 'folder of the database, keys, certificates and output',
  }),
  listen: list({
    flag: 'listen',
    env: 'MUSTER_LISTEN',
    value: 'URL',
    default: ['http://127.0.0.1:8080'],
    item: url,
    help: 'address to listen on (repeatable); each serves API and agent link; port 0 takes a free one',
  }),
  publicUrl: list({
    flag: 'public-url',
    env: 'MUSTER_PUBLIC_URL',
    value: 'URL',
    default: [],
    item: url,
    help: 'address at which hosts reach this controller (repeatable); stands in enrolment lines and in the certificate',
  }),
  allowPlainHttp: flag({
    flag: 'allow-plain-http',
    env: 'MUSTER_ALLOW_PLAIN_HTTP',
    help: 'let http:// listen on other addresses than loopback',
  }),
  database: text({
    flag: 'database',
    env: 'MUSTER_DATABASE',
    value: 'URL',
    help: 'sqlite:FILE or postgres://…; sqlite:DATA/muster.db when not given',
  }),
  peerUrl: text({
    flag: 'peer-url',
    env: 'MUSTER_PEER_URL',
    value: 'URL',
    check: url,
    help: 'address at which other controllers of the same PostgreSQL database reach this one; only where there are several',
  }),
  objects: text({
    flag: 'objects',
    env: 'MUSTER_OBJECTS',
    value: 'DIR',
    help: 'folder of large pieces of output, shared by all controllers; DATA/objects when not given',
  }),
  masterKeyFile: text({
    flag: 'master-key-file',
    env: 'MUSTER_MASTER_KEY_FILE',
    value: 'FILE',
    help: 'key that seals secrets and stored answers, mode 0400; DATA/master.key when not given',
  }),
  masterKeyCommand: text({
    flag: 'master-key-command',
    env: 'MUSTER_MASTER_KEY_COMMAND',
    value: 'COMMAND',
    help: 'line for the shell that prints this key, in place of a file: 32 bytes, or these in hexadecimal or base64',
  }),
  masterKey: text({
    flag: 'master-key',
    env: 'MUSTER_MASTER_KEY',
    envOnly: true,
    help: 'this key itself in hexadecimal or base64, in place of a file',
  }),
  region: textWithDefault({
    flag: 'region',
    env: 'MUSTER_REGION',
    value: 'REGION',
    default: 'us-east-1',
    check: region,
    help: 'the region in every ARN',
  }),
  regionAlias: list({
    flag: 'region-alias',
    env: 'MUSTER_REGION_ALIASES',
    value: 'REGION',
    default: [],
    item: region,
    help: 'further regions that may sign requests (repeatable)',
  }),
  accountId: text({
    flag: 'account-id',
    env: 'MUSTER_ACCOUNT_ID',
    value: 'ID',
    check: (value) => (/^\d{12}$/.test(value) ? undefined : `must have 12 digits, not "${value}"`),
    help: '12 digits; made once when not given',
  }),
  rootAccessKeyId: text({
    flag: 'root-access-key-id',
    env: 'MUSTER_ROOT_ACCESS_KEY_ID',
    envOnly: true,
    help: "root's access key id, for the first administrator",
  }),
  rootSecretAccessKey: text({
    flag: 'root-secret-access-key',
    env: 'MUSTER_ROOT_SECRET_ACCESS_KEY',
    envOnly: true,
    help: "root's secret access key",
  }),
  tlsCertFile: text({
    flag: 'tls-cert-file',
    env: 'MUSTER_TLS_CERT_FILE',
    value: 'FILE',
    help: 'certificate chain in PEM in place of the own CA',
  }),
  tlsKeyFile: text({ flag: 'tls-key-file', env: 'MUSTER_TLS_KEY_FILE', value: 'FILE', help: 'its key' }),
  tlsCaFile: text({
    flag: 'tls-ca-file',
    env: 'MUSTER_TLS_CA_FILE',
    value: 'FILE',
    help: "authority of that certificate, for hosts to pin; they trust their system's store when not given",
  }),
  agentBundle: text({
    flag: 'agent-bundle',
    env: 'MUSTER_AGENT_BUNDLE',
    value: 'FILE',
    help: 'the agent that enrolling hosts download (npm run build:agent makes it)',
  }),
  agentRuntime: text({
    flag: 'agent-runtime',
    env: 'MUSTER_AGENT_RUNTIME',
    value: 'FILE',
    help: "Node for those hosts; this process's own when not given",
  }),
  rotateNodeKeysDays: wholeNumber({
    flag: 'rotate-node-keys-days',
    env: 'MUSTER_ROTATE_NODE_KEYS_DAYS',
    default: 30,
    min: 0,
    max: 3650,
    help: 'age in days at which a node gets a new key; 0: only when asked for (Muster.RotateNodeKey)',
  }),
  keepCommandsDays: wholeNumber({
    flag: 'keep-commands-days',
    env: 'MUSTER_KEEP_COMMANDS_DAYS',
    default: 30,
    min: 1,
    max: 3650,
    help: 'days that ended commands and their output are kept, while the setting is at its default',
  }),
  keepOutputGib: wholeNumber({
    flag: 'keep-output-gib',
    env: 'MUSTER_KEEP_OUTPUT_GIB',
    default: 20,
    min: 1,
    max: 100_000,
    help: 'GiB of output that are kept, oldest removed first, while the setting is at its default',
  }),
  maxConnections: wholeNumber({
    flag: 'max-connections',
    env: 'MUSTER_MAX_CONNECTIONS',
    default: 10_000,
    min: 10,
    max: 1_000_000,
    help: 'connections open at once that are not the link of a node',
  }),
  maxConnectionsPerSource: wholeNumber({
    flag: 'max-connections-per-source',
    env: 'MUSTER_MAX_CONNECTIONS_PER_SOURCE',
    default: 2000,
    min: 1,
    max: 1_000_000,
    help: 'of these, from one address (IPv6: from one /64)',
  }),
  rateReads: rate(
    'reads',
    1000,
    'reading calls a second that one principal may make, and twice as many at once; 0 is no limit',
  ),
  rateWrites: rate('writes', 200, 'changing calls a second, likewise'),
  rateSends: rate('sends', 100, 'calls a second that start work on nodes, likewise'),
  rateRefused: rate(
    'refused',
    10,
    'refused credentials a second of one source, and ten times as many at once; 0 is no limit',
  ),
  auditCheckpointFile: text({
    flag: 'audit-checkpoint-file',
    env: 'MUSTER_AUDIT_CHECKPOINT_FILE',
    value: 'FILE',
    help: 'file that signed checkpoints of the audit trail are added to; best on a disk that the database is not on',
  }),
  auditSyslog: text({
    flag: 'audit-syslog',
    env: 'MUSTER_AUDIT_SYSLOG',
    value: 'PLACE',
    help: 'syslog that gets them too: udp://HOST:PORT, tcp://HOST:PORT or unix:PATH of a stream socket',
  }),
  auditMaxBehindMinutes: wholeNumber({
    flag: 'audit-max-behind-minutes',
    env: 'MUSTER_AUDIT_MAX_BEHIND_MINUTES',
    default: 0,
    min: 0,
    max: 10_080,
    help: 'refuse changes while a checkpoint has waited longer than that for its file or syslog; 0: never',
  }),
  s3Endpoint: text({
    flag: 's3-endpoint',
    env: 'MUSTER_S3_ENDPOINT',
    value: 'URL',
    check: url,
    help: "S3-compatible store of the buckets that commands name; REGION in it stands for the command's OutputS3Region; folders in DATA/buckets when not given",
  }),
  s3Region: text({
    flag: 's3-region',
    env: 'MUSTER_S3_REGION',
    value: 'REGION',
    help: 'region of buckets where a command names none; --region when not given',
  }),
  s3VirtualHosts: flag({
    flag: 's3-virtual-hosts',
    env: 'MUSTER_S3_VIRTUAL_HOSTS',
    help: "put the bucket into the host's name in place of the path",
  }),
  s3AccessKeyId: text({
    flag: 's3-access-key-id',
    env: 'MUSTER_S3_ACCESS_KEY_ID',
    envOnly: true,
    help: 'key for that store',
  }),
  s3SecretAccessKey: text({
    flag: 's3-secret-access-key',
    env: 'MUSTER_S3_SECRET_ACCESS_KEY',
    envOnly: true,
    help: 'its secret',
  }),
  failpoints: text({
    flag: 'failpoints',
    env: 'MUSTER_FAILPOINTS',
    envOnly: true,
    help: 'stops at named places, for tests: NAME:kill|exit|error|pause|stall|freeze[,…]',
  }),
  logLevel: oneOf({
    flag: 'log-level',
    env: 'MUSTER_LOG_LEVEL',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error'],
    help: 'log lines (JSON, standard error) from this level on',
  }),
} as const

export type ControllerConfig = Config<typeof controllerTable>

/** Flags, environment, defaults; `ConfigError` names every problem. The only reader of the environment. */
export const readConfig = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): ControllerConfig => loadConfig(controllerTable, { argv, env })
