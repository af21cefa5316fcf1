/**
 * The document actions that this agent can run: one file each, in a plain list, with no registration
 * by import. A plugin says which inputs it takes, what process they come to and what that process's
 * end means; files, output, limits, cancel and reboot are the runner's. In come a step's inputs, out
 * go process specifications and outcomes.
 */
import type { Plugin } from '#runner/index.ts'
import { applications } from './applications.ts'
import { configureDocker } from './configure-docker.ts'
import { configurePackage } from './configure-package.ts'
import { domainJoin } from './domain-join.ts'
import { downloadContent } from './download-content.ts'
import { psModule } from './ps-module.ts'
import { runDockerAction, runWindowsDockerAction } from './run-docker-action.ts'
import { runDocument } from './run-document.ts'
import { runPowerShellScript, runWindowsPowerShellScript } from './run-powershell-script.ts'
import { runShellScript } from './run-shell-script.ts'

/** Every plugin there is, whatever the platform; one action may have several for different platforms. */
export const plugins: readonly Plugin[] = [
  runShellScript,
  runPowerShellScript,
  runWindowsPowerShellScript,
  runDocument,
  downloadContent,
  configurePackage,
  runDockerAction,
  runWindowsDockerAction,
  configureDocker,
  applications,
  psModule,
  domainJoin,
]

/** Those that run on a platform (as `process.platform` names it), one for each action. */
export const pluginsFor = (platform: string): readonly Plugin[] =>
  plugins.filter(({ platforms }) => platforms.some((name) => name === platform))
