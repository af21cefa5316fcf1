/**
 * The documents that come with Muster, as texts that pass the same parser as anybody's. A new one is a constant in a
 * file of this folder and a name in this list; versions start at 1, and a changed text is a new version.
 */
import { awsApplyAnsiblePlaybooks, awsRunAnsiblePlaybook } from './ansible.ts'
import { awsRunPowerShellScript } from './aws-run-powershell-script.ts'
import { awsRunShellScript } from './aws-run-shell-script.ts'
import { awsConfigureDocker, awsRunDockerAction } from './containers.ts'
import { awsNoop, awsRunDocument, awsRunRemoteScript } from './content.ts'
import { awsGatherSoftwareInventory } from './inventory.ts'
import type { BuiltinDocument } from './parts.ts'
import { awsRunPatchBaseline, awsRunPatchBaselineAssociation, awsRunPatchBaselineWithHooks } from './patching.ts'
import { musterRebootHost, musterRestartService, musterStartService, musterStopService } from './services.ts'
import {
  awsConfigureAwsPackage,
  awsInstallApplication,
  awsInstallPowerShellModule,
  awsRefreshAssociation,
  awsUpdateSsmAgent,
} from './software.ts'
import { awsConfigureWindowsUpdate, awsFindWindowsUpdates, awsInstallMissingWindowsUpdates } from './windows.ts'

export type { BuiltinDocument } from './parts.ts'

/** Documents that every controller has, owned by Amazon's name for them. */
export const builtinDocuments: readonly BuiltinDocument[] = [
  awsRunShellScript,
  awsRunPowerShellScript,
  awsRunDocument,
  awsRunRemoteScript,
  awsNoop,
  awsConfigureAwsPackage,
  awsUpdateSsmAgent,
  awsRefreshAssociation,
  awsInstallApplication,
  awsInstallPowerShellModule,
  awsGatherSoftwareInventory,
  awsRunPatchBaseline,
  awsRunPatchBaselineAssociation,
  awsRunPatchBaselineWithHooks,
  awsConfigureDocker,
  awsRunDockerAction,
  awsRunAnsiblePlaybook,
  awsApplyAnsiblePlaybooks,
  awsConfigureWindowsUpdate,
  awsFindWindowsUpdates,
  awsInstallMissingWindowsUpdates,
  musterStartService,
  musterStopService,
  musterRestartService,
  musterRebootHost,
]
