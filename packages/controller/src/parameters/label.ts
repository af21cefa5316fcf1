export const MAX_LABELS = 10

/** Whether a text can be a label; the model has seen to its length. */
export const isLabel = (text: string): boolean => /^[a-zA-Z._-][a-zA-Z0-9._-]*$/.test(text) && !/^(aws|ssm)/i.test(text)

/** Where labels stand: each on one version. */
export type LabelMap = ReadonlyMap<string, number>

export const labelsOf = (labels: LabelMap, version: number): string[] =>
  [...labels].filter(([, at]) => at === version).map(([label]) => label)

/** Which labels to set on a version; those that are there move. Undefined when the version would have too many. */
export function planLabels(present: LabelMap, version: number, added: readonly string[]): string[] | undefined {
  const after = new Set([...labelsOf(present, version), ...added])
  return after.size > MAX_LABELS ? undefined : [...new Set(added)]
}
