import type { ListedStep } from './list-store.ts'

export type StepChoice =
  | { readonly kind: 'step'; readonly step: ListedStep }
  /** Several steps, and none was named. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'unknown' }

/** The step that a PluginName means: its name, its action where only one step has it, or which of a 1.2 plugin. */
export function chooseStep(steps: readonly ListedStep[], pluginName: string | undefined): StepChoice {
  const [first] = steps
  if (pluginName === undefined) {
    return steps.length === 1 && first !== undefined ? { kind: 'step', step: first } : { kind: 'whole' }
  }
  return (
    only(steps, ({ name }) => name === pluginName) ??
    only(steps, ({ action }) => action === pluginName) ??
    oneOfPlugin(steps, pluginName) ?? { kind: 'unknown' }
  )
}

function only(steps: readonly ListedStep[], isMeant: (step: ListedStep) => boolean): StepChoice | undefined {
  const [step, ...others] = steps.filter(isMeant)
  return step !== undefined && others.length === 0 ? { kind: 'step', step } : undefined
}

// Schema 1.2 may list several sets of properties for one plugin, by custom with the ids 0.PLUGIN, 1.PLUGIN and so on.
function oneOfPlugin(steps: readonly ListedStep[], id: string): StepChoice | undefined {
  const [, number, plugin] = /^(\d{1,3})\.(.+)$/.exec(id) ?? []
  const step = steps.filter(({ name, action }) => name === plugin && name === action)[Number(number)]
  return step && { kind: 'step', step }
}
