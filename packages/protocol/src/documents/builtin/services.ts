import { builtin, freeText, only, powershell, shell } from './parts.ts'

const service = freeText('(Required) Name of the service, such as nginx.', {
  allowedPattern: '^[a-zA-Z0-9_.@:\\\\ \\-]{1,256}$',
})

type Verb = 'start' | 'stop' | 'restart'

const systemctl = (verb: Verb): readonly string[] => [
  `systemctl ${verb} -- {{ service }} || exit 1`,
  'systemctl status --no-pager --lines 5 -- {{ service }}',
  // The status of a service that is stopped is no failure of stopping it.
  verb === 'stop' ? 'exit 0' : 'exit $?',
]

const onService = (name: string, verb: Verb, cmdlet: string, after: string) =>
  builtin(name, {
    description: `${after} on Linux with systemd and on Windows.`,
    parameters: { service },
    mainSteps: [
      shell(`${verb}Service`, systemctl(verb), only('Linux')),
      powershell(
        `${verb}ServiceOnWindows`,
        [
          '$ErrorActionPreference = "Stop"',
          `${cmdlet} -Name {{ service }}`,
          'Get-Service -Name {{ service }} | Format-List Name, Status',
        ],
        only('Windows'),
      ),
    ],
  })

export const musterStartService = onService('Muster-StartService', 'start', 'Start-Service', 'Starts a service')
export const musterStopService = onService('Muster-StopService', 'stop', 'Stop-Service', 'Stops a service')
export const musterRestartService = onService(
  'Muster-RestartService',
  'restart',
  'Restart-Service',
  'Stops a service and starts it again',
)

// The step runs again after the reboot: what it left behind tells it that there was one.
const REBOOT = [
  'folder=/var/lib/muster-reboot',
  'marker=$folder/$SSM_COMMAND_ID',
  'now=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.bootsessionuuid) || exit 1',
  'if [ -f "$marker" ] && [ "$(cat "$marker")" != "$now" ]; then',
  '  rm -f "$marker"',
  '  echo "The host has booted."',
  '  exit 0',
  'fi',
  'mkdir -p -m 700 "$folder" && printf %s "$now" >"$marker" || exit 1',
  'echo "The host reboots."',
  'exit 194',
]

/** Reboots a host, and succeeds once it is back. */
export const musterRebootHost = builtin('Muster-RebootHost', {
  description: 'Reboots the host, once, and succeeds when it is back.',
  mainSteps: [
    shell('reboot', REBOOT, only('Linux')),
    shell('rebootMac', REBOOT, only('MacOS')),
    powershell(
      'rebootWindows',
      [
        '$ErrorActionPreference = "Stop"',
        '$folder = Join-Path $env:ProgramData "Muster"',
        '$marker = Join-Path $folder "reboot-$env:SSM_COMMAND_ID"',
        '$now = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc().ToString()',
        'if ((Test-Path $marker) -and ((Get-Content $marker) -ne $now)) { Remove-Item $marker; "The host has booted."; exit 0 }',
        'New-Item -ItemType Directory -Force -Path $folder | Out-Null',
        'Set-Content -Path $marker -Value $now',
        'exit 3010',
      ],
      only('Windows'),
    ),
  ],
})
