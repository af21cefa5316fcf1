/**
 * The documents that come with Muster, as texts that pass the same parser as anybody's. A new one is a file in
 * this folder and a line in this list; versions start at 1, and a changed text is a new version.
 */
import { awsRunPowerShellScript } from './aws-run-powershell-script.ts'
import { awsRunShellScript } from './aws-run-shell-script.ts'

export interface BuiltinDocument {
  readonly name: string
  /** JSON. */
  readonly content: string
}

/** Documents that every controller has, owned by Amazon's name for them. */
export const builtinDocuments: readonly BuiltinDocument[] = [awsRunShellScript, awsRunPowerShellScript]
