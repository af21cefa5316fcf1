import type { LaunchSpec, Wrapper } from './wrapper.ts'
import { CLAIM, FILES, GO } from './wrapper.ts'

/**
 * What wrapper.sh is elsewhere, for Windows PowerShell: the same arguments, the same acts in the same order, the same
 * files and records. The sinks are the wrapper itself, so both stand under its own number; there are no control groups.
 * Only ASCII: without a byte order mark Windows PowerShell reads a file in the host's code page.
 */
const WINDOWS_WRAPPER = `param([string]$Run, [string]$Attempt, [long]$Cap, [string]$Groups, [string]$Go)
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $Attempt
[IO.Directory]::SetCurrentDirectory($Attempt)

# True for the one who makes the file; everyone else leaves it alone.
function New-Once([string]$Path, [string]$Text) {
  try { $file = [IO.File]::Open($Path, 'CreateNew', 'Write', 'Read') } catch [IO.IOException] { return $false }
  $bytes = [Text.Encoding]::ASCII.GetBytes($Text)
  $file.Write($bytes, 0, $bytes.Length)
  $file.Dispose()
  return $true
}

function New-Spool([string]$Name) {
  $file = [IO.File]::Open($Name, 'Append', 'Write', 'ReadWrite')
  return @{ To = $file; From = $null; Task = $null; Buffer = (New-Object byte[] 65536); Kept = 0L; Dropped = 0L }
}

$out = New-Spool '${FILES.stdout}'
$err = New-Spool '${FILES.stderr}'
$me = Get-Process -Id $PID
$start = [long]($me.StartTime.ToUniversalTime() - [datetime]'1970-01-01').TotalMilliseconds

if ($Go -ne '${GO}' -and [Console]::In.ReadLine() -ne '${GO}') { exit 0 }
if (-not (New-Once (Join-Path $Run '${CLAIM}') '')) { exit 0 }
[void](New-Once '${FILES.pids}' "pids $PID $start $PID $PID 0 .\`n")

$code = 137
if (-not (Test-Path -LiteralPath '${FILES.end}')) {
  $info = New-Object Diagnostics.ProcessStartInfo 'powershell.exe'
  $info.Arguments = '-NoProfile -NonInteractive -InputFormat None -ExecutionPolicy Unrestricted -File launch.ps1'
  $info.WorkingDirectory = $Attempt
  $info.UseShellExecute = $false
  $info.CreateNoWindow = $true
  $info.RedirectStandardInput = $info.RedirectStandardOutput = $info.RedirectStandardError = $true
  $process = [Diagnostics.Process]::Start($info)
  $process.StandardInput.Close()
  $out.From = $process.StandardOutput.BaseStream
  $err.From = $process.StandardError.BaseStream
  $open = @($out, $err)
  while ($open.Count -gt 0) {
    foreach ($spool in $open) {
      if ($null -eq $spool.Task) { $spool.Task = $spool.From.ReadAsync($spool.Buffer, 0, $spool.Buffer.Length) }
    }
    $spool = $open[[Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]]@($open | ForEach-Object { $_.Task }))]
    $count = $spool.Task.Result
    $spool.Task = $null
    if ($count -eq 0) {
      $open = @($open | Where-Object { -not [object]::ReferenceEquals($_, $spool) })
      continue
    }
    # A disk that is full loses output, not the script.
    $take = [int][Math]::Max(0, [Math]::Min($count, $Cap - $spool.Kept))
    try { $spool.To.Write($spool.Buffer, 0, $take); $spool.To.Flush() } catch [IO.IOException] { $take = 0 }
    $spool.Kept += $take
    $spool.Dropped += $count - $take
  }
  $process.WaitForExit()
  $code = $process.ExitCode
}
$out.To.Dispose()
$err.To.Dispose()
[void](New-Once '${FILES.end}' "exit $code .\`n")
[void](New-Once '${FILES.exit}' "exit $code $($out.Kept) $($out.Dropped) $($err.Kept) $($err.Dropped) 0 .\`n")
`

const BYTE_ORDER_MARK = '\uFEFF'

/** A value as one literal of PowerShell, which takes four more characters for a quote. */
export const powerShellQuote = (value: string): string =>
  `'${value.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`

function launchText({ argv, cwd, env }: LaunchSpec): string {
  const variables = Object.entries(env).map(([name, value]) => `$env:${name} = ${powerShellQuote(value)}`)
  return [
    `${BYTE_ORDER_MARK}$ErrorActionPreference = 'Stop'`,
    ...variables,
    `Set-Location -LiteralPath ${powerShellQuote(cwd)}`,
    `& ${argv.map(powerShellQuote).join(' ')}`,
    'exit $LASTEXITCODE',
    '',
  ].join('\n')
}

/** The wrapper of attempts on Windows. */
export const windowsWrapper: Wrapper = {
  file: 'wrapper.ps1',
  text: WINDOWS_WRAPPER,
  launchFile: 'launch.ps1',
  launchText,
  program: ['powershell.exe', ...['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Unrestricted', '-File']],
}
