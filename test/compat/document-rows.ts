import type { OperationName } from '@muster/protocol/api'
import type { Input } from './clients/client.ts'
import { refused } from './parameter-rows.ts'
import type { Row } from './rows.ts'

const content = (text: string): string =>
  JSON.stringify({
    ...{ schemaVersion: '2.2', description: text },
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } }],
  })
const runbook = (nextStep: string): string =>
  JSON.stringify({
    schemaVersion: '0.3',
    mainSteps: [
      { name: 'first', action: 'aws:sleep', inputs: { Duration: 'PT1S' } },
      { name: 'second', action: 'aws:sleep', inputs: { Duration: 'PT1S' }, nextStep },
    ],
  })

/** Calls that make the documents which the rows speak of. */
export const documentCalls: readonly (readonly [OperationName, Input])[] = [
  ['CreateDocument', { Name: 'Versioned', Content: content('one'), VersionName: 'one' }],
  ['CreateDocument', { Name: 'Shared', Content: content('shared') }],
  ['ModifyDocumentPermission', { Name: 'Shared', PermissionType: 'Share', AccountIdsToAdd: ['111122223333'] }],
  [
    'CreateDocument',
    { Name: 'Runbook', DocumentType: 'Automation', Content: runbook('third').replace(/,"n[^}]*/, '') },
  ],
  ['CreateDocument', { Name: 'Needing', Content: content('needing'), Requires: [{ Name: 'Versioned', Version: '1' }] }],
]

const latest = { Name: 'Versioned', DocumentVersion: '$LATEST' }

export const documentRows: readonly Row[] = [
  refused(
    46,
    'a runbook that runs in a circle',
    'CreateDocument',
    { Name: 'Circle', DocumentType: 'Automation', Content: runbook('first') },
    'InvalidDocumentContent',
    'The steps run in a circle: first -> second -> first.',
  ),
  refused(
    46,
    'a runbook that leads to no step',
    'CreateDocument',
    { Name: 'Lost', DocumentType: 'Automation', Content: runbook('third') },
    'InvalidDocumentContent',
    'mainSteps[1] leads to the step third, which is not there.',
  ),
  refused(
    47,
    'the content that it has',
    'UpdateDocument',
    { ...latest, Content: content('one') },
    'DuplicateDocumentContent',
    'A version of the document Versioned has this very content.',
  ),
  refused(
    47,
    'a version name that another version has',
    'UpdateDocument',
    { ...latest, Content: content('two'), VersionName: 'one' },
    'DuplicateDocumentVersionName',
    'A version of the document Versioned has the name one already.',
  ),
  refused(
    47,
    'a version that is not there',
    'UpdateDocument',
    { ...latest, Content: content('two'), DocumentVersion: '7' },
    'InvalidDocumentVersion',
    'The document Versioned has no version 7.',
  ),
  refused(
    48,
    'a document that is shared',
    'DeleteDocument',
    { Name: 'Shared' },
    'InvalidDocumentOperation',
    'The document Shared is shared: stop sharing it first.',
  ),
  refused(
    48,
    'a document that another one needs',
    'DeleteDocument',
    { Name: 'Versioned' },
    'InvalidDocumentOperation',
    'The document Needing requires Versioned.',
  ),
  refused(
    undefined,
    'a document of another type',
    'SendCommand',
    { DocumentName: 'Runbook', InstanceIds: ['<node>'] },
    'InvalidDocument',
    'Document Runbook is of type Automation: only documents of type Command can be sent.',
  ),
]
