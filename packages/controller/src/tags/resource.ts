import { ssmArn } from '#kit/identity.ts'
import type { TagOperationDeps } from './deps.ts'

/** The id under which the tags of a resource are kept. */
export const keptAs = ({ kinds }: TagOperationDeps, type: string, id: string): string =>
  kinds.get(type)?.keptAs?.(id) ?? id

/** ARN of a resource that a request names, also of a type that has no resources yet. */
export const resourceArn = ({ kinds, home }: TagOperationDeps, type: string, id: string): string =>
  kinds.get(type)?.arn(id) ?? ssmArn(home, `${ARN_NAMES[type] ?? type.toLowerCase()}/${id}`)

const ARN_NAMES: Readonly<Record<string, string>> = { Automation: 'automation-execution' }
