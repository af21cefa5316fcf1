/** What the end of a step's process means by itself; what follows from it is decided by `concludeStep`. */
export type Outcome =
  | { readonly status: 'success' }
  | { readonly status: 'failed' }
  | { readonly status: 'rebootThenResume' }

export const REBOOT_EXIT = 194
/** Windows' own code for "succeeded, a restart is needed". */
const WINDOWS_REBOOT_EXIT = 3010

const outcomeWith =
  (rebootExit: number) =>
  (code: number): Outcome =>
    code === 0 ? { status: 'success' } : code === rebootExit ? { status: 'rebootThenResume' } : { status: 'failed' }

/** The service's meaning of a script's exit code on Linux and macOS. */
export const scriptOutcome = outcomeWith(REBOOT_EXIT)

/** The same on Windows. */
export const windowsOutcome = outcomeWith(WINDOWS_REBOOT_EXIT)
