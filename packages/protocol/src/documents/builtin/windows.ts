import { builtin, choice, only, powershell } from './parts.ts'

const SEARCH = [
  '$ErrorActionPreference = "Stop"',
  '$session = New-Object -ComObject Microsoft.Update.Session',
  '$found = $session.CreateUpdateSearcher().Search("IsInstalled=0 and IsHidden=0").Updates',
]

/** How Windows updates itself. */
export const awsConfigureWindowsUpdate = builtin('AWS-ConfigureWindowsUpdate', {
  description: 'Sets how Windows updates itself.',
  parameters: {
    updateLevel: choice('(Required) What Windows does by itself.', [
      'InstallUpdatesAutomatically',
      'NeverCheckForUpdates',
      'CheckForUpdates',
      'DownloadUpdates',
    ]),
    scheduledInstallDay: choice(
      '(Optional) The day on which updates are installed.',
      ['Daily', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
      { default: 'Daily' },
    ),
    scheduledInstallTime: {
      type: 'String',
      default: '03:00',
      description: '(Optional) The full hour at which updates are installed, such as 03:00.',
      allowedPattern: '^(0[0-9]|1[0-9]|2[0-3]):00$',
    },
  },
  mainSteps: [
    powershell(
      'configureWindowsUpdate',
      [
        '$ErrorActionPreference = "Stop"',
        '$key = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"',
        'if (-not (Test-Path $key)) { New-Item -Path $key -Force | Out-Null }',
        '$level = @{ NeverCheckForUpdates = 1; CheckForUpdates = 2; DownloadUpdates = 3; InstallUpdatesAutomatically = 4 }["{{ updateLevel }}"]',
        '$day = @("Daily", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday").IndexOf("{{ scheduledInstallDay }}")',
        'Set-ItemProperty -Path $key -Name NoAutoUpdate -Type DWord -Value ([int]($level -eq 1))',
        'Set-ItemProperty -Path $key -Name AUOptions -Type DWord -Value $level',
        'Set-ItemProperty -Path $key -Name ScheduledInstallDay -Type DWord -Value $day',
        'Set-ItemProperty -Path $key -Name ScheduledInstallTime -Type DWord -Value ([int]"{{ scheduledInstallTime }}".Substring(0, 2))',
        'Get-ItemProperty -Path $key | Select-Object NoAutoUpdate, AUOptions, ScheduledInstallDay, ScheduledInstallTime',
      ],
      only('Windows'),
    ),
  ],
})

/** What Windows could install. */
export const awsFindWindowsUpdates = builtin('AWS-FindWindowsUpdates', {
  description: 'Lists the updates that Windows has not installed.',
  parameters: {
    UpdateLevel: choice('(Optional) Which updates are listed.', ['All', 'Important', 'Optional'], { default: 'All' }),
  },
  mainSteps: [
    powershell(
      'findWindowsUpdates',
      [
        ...SEARCH,
        '$level = "{{ UpdateLevel }}"',
        '$found | Where-Object { $level -eq "All" -or ($_.AutoSelectOnWebSites -eq ($level -eq "Important")) } |',
        '  ForEach-Object { [pscustomobject]@{ Kb = ($_.KBArticleIDs -join ","); Title = $_.Title; Severity = $_.MsrcSeverity } } | Format-Table -AutoSize -Wrap',
      ],
      only('Windows'),
    ),
  ],
})

/** All that Windows could install. */
export const awsInstallMissingWindowsUpdates = builtin('AWS-InstallMissingWindowsUpdates', {
  description: 'Installs the updates that Windows has not installed, and reboots where they want it.',
  parameters: {
    UpdateLevel: choice('(Optional) Which updates are installed.', ['All', 'Important', 'Optional'], {
      default: 'Important',
    }),
  },
  mainSteps: [
    powershell(
      'installMissingWindowsUpdates',
      [
        ...SEARCH,
        '$level = "{{ UpdateLevel }}"',
        '$wanted = New-Object -ComObject Microsoft.Update.UpdateColl',
        '$found | Where-Object { $level -eq "All" -or ($_.AutoSelectOnWebSites -eq ($level -eq "Important")) } | ForEach-Object { [void]$wanted.Add($_) }',
        'if ($wanted.Count -eq 0) { Write-Output "Nothing is missing."; exit 0 }',
        '$downloader = $session.CreateUpdateDownloader(); $downloader.Updates = $wanted; [void]$downloader.Download()',
        '$installer = $session.CreateUpdateInstaller(); $installer.Updates = $wanted',
        '$result = $installer.Install()',
        'if ($result.ResultCode -ne 2) { Write-Error "The installer ended with code $($result.ResultCode)."; exit 1 }',
        'if ($result.RebootRequired) { exit 3010 }',
      ],
      only('Windows'),
    ),
  ],
})
