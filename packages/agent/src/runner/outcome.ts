/** What the end of a step's process means. `note` is added to the text views, not to the output. */
export type Outcome =
  | { readonly status: 'success' }
  | { readonly status: 'failed' }
  | { readonly status: 'rebootThenResume' }
  | { readonly status: 'successThenStop'; readonly note: string }
  | { readonly status: 'failedThenStop'; readonly note: string }

export const REBOOT_EXIT = 194
const SUCCESS_AND_STOP_EXIT = 168
const FAILURE_AND_STOP_EXIT = 169

const stopNote = (code: number, words: string) =>
  `\nStep exited with code ${code}. Therefore, marking step as ${words}. Further document steps will be skipped.`

/** The service's meaning of a script's exit code. */
export function scriptOutcome(code: number): Outcome {
  switch (code) {
    case 0:
      return { status: 'success' }
    case REBOOT_EXIT:
      return { status: 'rebootThenResume' }
    case SUCCESS_AND_STOP_EXIT:
      return { status: 'successThenStop', note: stopNote(code, 'succeeded') }
    case FAILURE_AND_STOP_EXIT:
      return { status: 'failedThenStop', note: stopNote(code, 'Failed') }
    default:
      return { status: 'failed' }
  }
}
