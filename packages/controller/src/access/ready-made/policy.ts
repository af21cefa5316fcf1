/** A statement as it is written in a policy. */
export interface WrittenStatement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: readonly string[]
  readonly NotAction?: readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** A policy that every controller has; its name is one that operators know. */
export interface WrittenPolicy {
  readonly name: string
  readonly path: '/' | '/service-role/'
  readonly description: string
  readonly statements: readonly WrittenStatement[]
}

/** Allows actions on everything. */
export const allow = (Sid: string, Action: readonly string[]): WrittenStatement => ({
  ...{ Sid, Effect: 'Allow', Action, Resource: '*' },
})

/** Allows a role to be handed to this service, and to no other. */
export const passRole: WrittenStatement = {
  ...allow('PassRole', ['iam:PassRole']),
  Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
}
