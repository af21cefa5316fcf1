import type { Command, SendCommandRequest } from '@muster/protocol/api'
import type { OperationContext } from '#api/operation.ts'
import { fromJson } from '#db/index.ts'

/** Where a command's output goes besides the store: parts of the object's keys, as the request gave them. */
export interface OutputPlace {
  readonly bucket: string
  readonly prefix: string
  readonly region: string
}

/** Members of a request that no decision of delivery needs: views show them, and `output` says where output is written. */
export interface CommandOptions {
  readonly output?: OutputPlace
  readonly region?: string
  readonly serviceRole?: string
  readonly notification?: NonNullable<SendCommandRequest['NotificationConfig']>
  readonly cloudWatch?: NonNullable<SendCommandRequest['CloudWatchOutputConfig']>
  readonly alarms?: NonNullable<SendCommandRequest['AlarmConfiguration']>
}

type Refuse = OperationContext<'SendCommand'>['refuse']

const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/
const TOPIC_ARN = /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/
const BUCKET = /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/
const REGION = /^[a-z0-9][a-z0-9-]+$/

/** Reads the members that are kept with the command; one that asks for what there is not is refused. */
export function readOptions(input: SendCommandRequest, refuse: Refuse): CommandOptions {
  const { CloudWatchOutputConfig: cloudWatch, AlarmConfiguration: alarms, ServiceRoleArn: serviceRole } = input
  if (cloudWatch?.CloudWatchOutputEnabled)
    throw refuse(
      'ValidationException',
      'CloudWatchOutputConfig cannot be enabled: Muster has no CloudWatch Logs. Give OutputS3BucketName instead.',
    )
  if (serviceRole && !ROLE_ARN.test(serviceRole))
    throw refuse('InvalidRole', `ServiceRoleArn ${serviceRole} is not the ARN of a role.`)
  const notification = readNotification(input.NotificationConfig, refuse)
  const output = readOutputPlace(input, refuse)
  return {
    ...(output && { output }),
    ...(input.OutputS3Region && { region: input.OutputS3Region }),
    ...(serviceRole && { serviceRole }),
    ...(notification && { notification }),
    ...(cloudWatch && { cloudWatch }),
    ...(alarms && { alarms }),
  }
}

function readNotification(
  config: SendCommandRequest['NotificationConfig'],
  refuse: Refuse,
): CommandOptions['notification'] {
  const { NotificationArn: arn = '', NotificationEvents: events = [] } = config ?? {}
  if (config === undefined || (arn === '' && events.length === 0)) return undefined
  if (TOPIC_ARN.test(arn)) return config
  throw refuse('InvalidNotificationConfig', `NotificationArn ${arn} is not the ARN of a topic of SNS.`)
}

function readOutputPlace(input: SendCommandRequest, refuse: Refuse): OutputPlace | undefined {
  const { OutputS3BucketName: bucket, OutputS3KeyPrefix: prefix = '', OutputS3Region: region = '' } = input
  if (region !== '' && !REGION.test(region))
    throw refuse('ValidationException', `OutputS3Region ${region} does not look like a region.`)
  if (bucket === undefined || bucket === '') {
    if (prefix === '') return undefined
    throw refuse('ValidationException', 'OutputS3KeyPrefix means nothing without OutputS3BucketName.')
  }
  const isPath = prefix.split('/').some((part) => part === '.' || part === '..')
  if (!BUCKET.test(bucket) || bucket.includes('..') || isPath || !prefix.isWellFormed() || prefix.includes('\0'))
    throw refuse('InvalidOutputFolder')
  return { bucket, prefix, region }
}

export const openOptions = (options: string): CommandOptions => fromJson<CommandOptions>(options)

/** Whether a command's output also goes to a bucket. */
export const hasBucket = ({ options }: { readonly options: string }): boolean =>
  openOptions(options).output !== undefined

/** The members as the API shows them of a command. */
export function toOptionMembers(options: CommandOptions): Partial<Command> {
  const { notification, cloudWatch, alarms, serviceRole = '' } = options
  return {
    ServiceRole: serviceRole,
    ...toOutputMembers(options),
    ...(notification && { NotificationConfig: notification }),
    ...(cloudWatch && { CloudWatchOutputConfig: cloudWatch }),
    ...(alarms && { AlarmConfiguration: alarms }),
  }
}

/** The members that say where output is written, as the request gave them. */
export const toOutputMembers = ({
  output,
  region,
}: CommandOptions): Pick<Command, 'OutputS3Region' | 'OutputS3BucketName' | 'OutputS3KeyPrefix'> => ({
  ...(region && { OutputS3Region: region }),
  ...(output && { OutputS3BucketName: output.bucket, OutputS3KeyPrefix: output.prefix }),
})
