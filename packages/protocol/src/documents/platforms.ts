import { actionPlatforms } from './actions.ts'
import type { Document, Step } from './document.ts'
import { freezePrecondition, isSatisfied, type Platform } from './precondition.ts'

const PLATFORMS: readonly Platform[] = ['Windows', 'Linux', 'MacOS']

/** The platforms that a document has at least one step for; all of them where no step tells. */
export function documentPlatforms({ steps }: Pick<Document, 'steps'>): readonly Platform[] {
  const meant = PLATFORMS.filter((platform) => steps.some((step) => suits(step, platform)))
  return meant.length > 0 ? meant : PLATFORMS
}

function suits({ action, precondition }: Step, platform: Platform): boolean {
  if (!actionPlatforms(action).includes(platform)) return false
  if (precondition === undefined) return true
  // Comparisons with parameters are not known yet, so they rule nothing out.
  return freezePrecondition(precondition, new Map())
    .comparisons.filter(({ left, right }) => 'platform' in left || 'platform' in right)
    .every((comparison) => isSatisfied(comparison, platform))
}
