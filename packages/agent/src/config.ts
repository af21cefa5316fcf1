import {
  type Config,
  ConfigError,
  flag,
  list,
  loadConfig,
  oneOf,
  text,
  textWithDefault,
  wholeNumber,
} from '@muster/protocol/config'

const url = (value: string): string | undefined =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? undefined
    : `"${value}" is not an http:// or https:// URL`

const data = textWithDefault({
  flag: 'data',
  env: 'MUSTER_AGENT_DATA',
  value: 'DIR',
  default: '/var/lib/muster-agent',
  help: 'folder of key, registration, journal and spools',
})
const logLevel = oneOf({
  flag: 'log-level',
  env: 'MUSTER_AGENT_LOG_LEVEL',
  default: 'info',
  choices: ['debug', 'info', 'warn', 'error'],
  help: 'log lines (JSON, standard error) from this level on',
})

/** The way out of a network that has only a proxy. */
export interface ProxySettings {
  /** `http://` or `https://`, with user and password where the proxy asks for them. */
  readonly url: string
  /** Hosts that are reached without it: names, `.domain` for all below, `HOST:PORT`, `*`. */
  readonly except: readonly string[]
}

const proxyOptions = {
  proxy: text({
    flag: 'proxy',
    env: 'MUSTER_AGENT_PROXY',
    value: 'URL',
    check: (value) => (value === 'direct' ? undefined : url(value)),
    help: 'proxy on the way to the controller, http://USER:PASSWORD@HOST:PORT; "direct": none; HTTPS_PROXY or HTTP_PROXY when not given',
  }),
  noProxy: list({
    flag: 'no-proxy',
    env: 'MUSTER_AGENT_NO_PROXY',
    value: 'HOST',
    default: [],
    help: 'host or .domain that is reached without the proxy (repeatable); NO_PROXY when not given',
  }),
} as const

/** `muster-agent run`. */
export const runTable = {
  data,
  logLevel,
  controllers: list({
    flag: 'controller',
    env: 'MUSTER_AGENT_CONTROLLER',
    value: 'URL',
    default: [],
    item: url,
    help: 'address of the controller, in place of those given at registration (repeatable)',
  }),
  ...proxyOptions,
  policyFile: text({
    flag: 'policy-file',
    env: 'MUSTER_AGENT_POLICY_FILE',
    value: 'FILE',
    help: "this host's own rules, which no controller can change; /etc/muster/policy.json when not given",
  }),
  outputCapMib: wholeNumber({
    flag: 'output-cap-mib',
    env: 'MUSTER_AGENT_OUTPUT_CAP_MIB',
    default: 1024,
    min: 1,
    max: 1_048_576,
    help: 'MiB of one output stream that are kept; what is beyond is counted; never more than 10 % of the space that is free when a step starts',
  }),
  concurrency: wholeNumber({
    flag: 'concurrency',
    env: 'MUSTER_AGENT_CONCURRENCY',
    default: 20,
    min: 1,
    max: 1000,
    help: 'commands that run at the same time; more wait',
  }),
  scriptProcesses: wholeNumber({
    flag: 'script-processes',
    env: 'MUSTER_AGENT_SCRIPT_PROCESSES',
    default: 4096,
    min: 0,
    max: 4_194_304,
    help: 'processes and threads that one script may have at a time, where the host has control groups; 0: no limit',
  }),
  scriptMemoryMib: wholeNumber({
    flag: 'script-memory-mib',
    env: 'MUSTER_AGENT_SCRIPT_MEMORY_MIB',
    default: 0,
    min: 0,
    max: 16_777_216,
    help: 'MiB of memory that one script may have, where the host has control groups; 0: no limit',
  }),
  backgroundChildren: oneOf({
    flag: 'background-children',
    env: 'MUSTER_AGENT_BACKGROUND_CHILDREN',
    default: 'kill',
    choices: ['kill', 'leave'],
    help: 'what becomes of processes that a script leaves behind when it ends by itself; the step ends 5 seconds after its script at the latest',
  }),
  githubUrl: textWithDefault({
    flag: 'github-url',
    env: 'MUSTER_AGENT_GITHUB_URL',
    value: 'URL',
    default: 'https://api.github.com',
    check: url,
    help: 'the API that aws:downloadContent asks for sources of type GitHub',
  }),
  s3Endpoint: text({
    flag: 's3-endpoint',
    env: 'MUSTER_AGENT_S3_ENDPOINT',
    value: 'URL',
    check: url,
    help: 'where aws:downloadContent finds buckets, in place of the host that an address of S3 names',
  }),
  allowLinkLocal: flag({
    flag: 'allow-link-local',
    env: 'MUSTER_AGENT_ALLOW_LINK_LOCAL',
    help: 'steps may download from link-local addresses, where clouds keep the metadata of a host',
  }),
  unkillableSeconds: wholeNumber({
    flag: 'unkillable-seconds',
    env: 'MUSTER_AGENT_UNKILLABLE_SECONDS',
    default: 60,
    min: 1,
    max: 3600,
    help: 'how long a step waits for processes that do not end though they are killed, before it ends without them',
  }),
  rebootWaitSeconds: wholeNumber({
    flag: 'reboot-wait-seconds',
    env: 'MUSTER_AGENT_REBOOT_WAIT_SECONDS',
    default: 600,
    min: 1,
    max: 86_400,
    help: 'how long this host may take to go down when a script asks for a reboot; later the step fails',
  }),
  runDir: textWithDefault({
    flag: 'run-dir',
    env: 'MUSTER_RUN_DIR',
    value: 'DIR',
    default: '/run/muster',
    help: 'folder of claims; must be empty after a reboot',
  }),
  bootIdFile: text({
    flag: 'boot-id-file',
    env: 'MUSTER_BOOT_ID_FILE',
    value: 'FILE',
    help: "stands in for the kernel's boot id, for tests; this machine is then never asked to reboot",
  }),
  noServiceManager: flag({
    flag: 'no-service-manager',
    env: 'MUSTER_AGENT_NO_SERVICE_MANAGER',
    help: 'start scripts in a session of their own even where systemd runs',
  }),
  failpoints: text({
    flag: 'failpoints',
    env: 'MUSTER_FAILPOINTS',
    envOnly: true,
    help: 'stops at named places, for tests: NAME:kill|exit|error|pause|stall|freeze[,…]',
  }),
} as const

/** `muster-agent register`. */
export const registerTable = {
  data,
  controllers: list({
    flag: 'controller',
    env: 'MUSTER_AGENT_CONTROLLER',
    value: 'URL',
    default: [],
    item: url,
    help: 'address of the controller (repeatable)',
  }),
  caFile: text({
    flag: 'ca-file',
    env: 'MUSTER_AGENT_CA_FILE',
    value: 'FILE',
    help: "the controller's CA in PEM; pinned from here on",
  }),
  ...proxyOptions,
  activationId: text({
    flag: 'activation-id',
    env: 'MUSTER_AGENT_ACTIVATION_ID',
    value: 'ID',
    help: 'activation to enrol with',
  }),
  activationCodeFile: text({
    flag: 'activation-code-file',
    env: 'MUSTER_AGENT_ACTIVATION_CODE_FILE',
    value: 'FILE',
    help: 'file that holds its code; standard input when not given',
  }),
  activationCode: text({
    flag: 'activation-code',
    env: 'MUSTER_AGENT_ACTIVATION_CODE',
    value: 'CODE',
    help: 'the code itself: every user of this host can read it in the list of processes',
  }),
  force: flag({ flag: 'force', env: 'MUSTER_AGENT_FORCE', help: 'give up the identity that this host has' }),
} as const

/** `status`, `doctor` and `journal` only look; `credentials` and `env` ask the agent that runs here. */
export const lookTable = { data } as const

/** `parameter get` asks the agent that runs here. */
export const parameterTable = {
  data,
  withDecryption: flag({
    flag: 'with-decryption',
    env: 'MUSTER_AGENT_WITH_DECRYPTION',
    help: 'decrypt the value of a SecureString',
  }),
} as const

export type RunConfig = Config<typeof runTable>
export type RegisterConfig = Config<typeof registerTable>
export type ParameterConfig = Config<typeof parameterTable>

type Env = Readonly<Record<string, string | undefined>>

export const readRunConfig = (argv: readonly string[], env: Env = process.env): RunConfig =>
  loadConfig(runTable, { argv, env })
export const readRegisterConfig = (argv: readonly string[], env: Env = process.env): RegisterConfig =>
  loadConfig(registerTable, { argv, env })
export const readLookConfig = (argv: readonly string[], env: Env = process.env): Config<typeof lookTable> =>
  loadConfig(lookTable, { argv, env })

export const readParameterConfig = (argv: readonly string[], env: Env = process.env): ParameterConfig =>
  loadConfig(parameterTable, { argv, env })

/**
 * The proxy that was asked for, or that the environment has for the first of these controllers; undefined: none named.
 * `direct` is told apart from that: it overrides one that was kept before.
 */
export function readProxy(
  { proxy, noProxy }: Pick<RunConfig, 'proxy' | 'noProxy'>,
  controllers: readonly string[],
  env: Env = process.env,
): ProxySettings | 'direct' | undefined {
  if (proxy === 'direct') return 'direct'
  const of = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined
  const found = proxy ?? of(controllers[0]?.startsWith('http:') ? 'HTTP_PROXY' : 'HTTPS_PROXY')
  if (found === undefined) return undefined
  const except = noProxy.length > 0 ? noProxy : (of('NO_PROXY') ?? '').split(/[,\s]+/).filter(Boolean)
  const address = found.includes('://') ? found : `http://${found}`
  if (url(address) !== undefined) throw new ConfigError([`the proxy ${url(address)}`])
  return { url: address, except }
}
