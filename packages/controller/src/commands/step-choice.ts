import type { ListedStep } from './list-store.ts'

export type StepChoice =
  | { readonly kind: 'step'; readonly step: ListedStep }
  /** Several steps, and none was named. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'unknown' }

/** The step that a PluginName means: its name, or its action where only one step has it. */
export function chooseStep(steps: readonly ListedStep[], pluginName: string | undefined): StepChoice {
  const [first] = steps
  if (pluginName === undefined) {
    return steps.length === 1 && first !== undefined ? { kind: 'step', step: first } : { kind: 'whole' }
  }
  const named = steps.find(({ name }) => name === pluginName)
  if (named !== undefined) return { kind: 'step', step: named }
  const [acting, ...others] = steps.filter(({ action }) => action === pluginName)
  return acting !== undefined && others.length === 0 ? { kind: 'step', step: acting } : { kind: 'unknown' }
}
