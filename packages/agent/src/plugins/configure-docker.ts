import { type Outcome, oneOf, script } from '#runner/index.ts'

const common = {
  action: 'aws:configureDocker',
  since: 1,
  inputs: { action: oneOf('Install', 'Uninstall') },
  outcome: (code: number): Outcome => (code === 0 ? { status: 'success' } : { status: 'failed' }),
} as const

const SCRIPT = 'configure-docker.sh'

// The package of the distribution itself: nothing is fetched from anywhere that the host does not already trust.
const INSTALL = `
if command -v docker >/dev/null; then
  echo 'Docker is installed already'
elif command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update && apt-get install -y docker.io || exit 1
elif command -v dnf >/dev/null; then
  dnf install -y docker || exit 1
elif command -v yum >/dev/null; then
  yum install -y docker || exit 1
elif command -v zypper >/dev/null; then
  zypper --non-interactive install docker || exit 1
else
  echo 'aws:configureDocker knows apt-get, dnf, yum and zypper, and this node has none of them' >&2
  exit 1
fi
if [ -d /run/systemd/system ]; then
  systemctl enable --now docker || exit 1
fi
`

const UNINSTALL = `
if ! command -v docker >/dev/null; then
  echo 'Docker is not installed'
elif command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get remove -y docker.io || exit 1
elif command -v dnf >/dev/null; then
  dnf remove -y docker || exit 1
elif command -v yum >/dev/null; then
  yum remove -y docker || exit 1
elif command -v zypper >/dev/null; then
  zypper --non-interactive remove docker || exit 1
else
  echo 'aws:configureDocker knows apt-get, dnf, yum and zypper, and this node has none of them' >&2
  exit 1
fi
`

/** `aws:configureDocker`: installs or removes the Docker of the host's own distribution. */
export const configureDocker = script({
  ...common,
  platforms: ['linux'],
  process: ({ action }, { step, workspace }) => ({
    files: { [SCRIPT]: action === 'Install' ? INSTALL : UNINSTALL },
    argv: ['sh', workspace.path(SCRIPT)],
    cwd: workspace.root,
    env: { SSM_COMMAND_ID: step.commandId },
  }),
})
