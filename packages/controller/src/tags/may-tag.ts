import type { OperationName } from '@muster/protocol/api'
import { ApiError, type OperationContext } from '#api/index.ts'
import type { Tag } from './tag.ts'

/** Throws AccessDeniedException unless who makes a resource with these tags may also tag it, as the service asks. */
export async function mayTag(
  arn: string,
  tags: readonly Tag[],
  { authorise }: Pick<OperationContext<OperationName>, 'authorise'>,
): Promise<void> {
  if (tags.length === 0) return
  const { denied } = await authorise([arn], 'ssm:AddTagsToResource')
  for (const reason of denied.values()) throw new ApiError('AccessDeniedException', reason)
}
