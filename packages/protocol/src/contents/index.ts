/**
 * What the content of a document must be, by the document's type: a text and its format come in, what the API shows of
 * it goes out, or a problem with its place. What runs documents of the other types reads more of them than is kept here.
 */
import { automation } from './automation.ts'
import { parseCalendar } from './calendar.ts'
import { parseCommand, parsePolicy } from './command.ts'
import { keptMap, keptSchema, keptTemplate, keptText } from './kept.ts'
import { parsePackage } from './package.ts'
import { parseSession } from './session.ts'
import type { ContentFormat, TypedResult } from './typed.ts'

export type { ContentFormat, TypedDocument, TypedResult } from './typed.ts'

type Parse = (content: string, format: ContentFormat) => TypedResult

const TYPES = {
  Command: parseCommand,
  Policy: parsePolicy,
  Automation: automation('Automation'),
  Session: parseSession,
  Package: parsePackage,
  ApplicationConfiguration: keptText('ApplicationConfiguration'),
  ApplicationConfigurationSchema: keptSchema('ApplicationConfigurationSchema'),
  DeploymentStrategy: keptMap('DeploymentStrategy'),
  ChangeCalendar: parseCalendar,
  'Automation.ChangeTemplate': automation('Automation.ChangeTemplate'),
  ProblemAnalysis: keptMap('ProblemAnalysis'),
  ProblemAnalysisTemplate: keptMap('ProblemAnalysisTemplate'),
  CloudFormation: keptTemplate('CloudFormation'),
  ConformancePackTemplate: keptTemplate('ConformancePackTemplate'),
  QuickSetup: keptMap('QuickSetup'),
  ManualApprovalPolicy: keptMap('ManualApprovalPolicy'),
  AutoApprovalPolicy: keptText('AutoApprovalPolicy'),
} as const satisfies Readonly<Record<string, Parse>>

/** A type of documents, by the service's name for it. */
export type DocumentType = keyof typeof TYPES

/** Checks a content as the type of its document wants it. */
export const parseTyped = (type: DocumentType, content: string, format: ContentFormat): TypedResult =>
  TYPES[type](content, format)
