import { expect, test } from 'vitest'
import { type ContentFormat, type DocumentType, parseTyped } from './index.ts'

function problemOf(type: DocumentType, value: unknown, format: ContentFormat = 'JSON'): string {
  const parsed = parseTyped(type, typeof value === 'string' ? value : JSON.stringify(value), format)
  return parsed.ok ? 'accepted' : `${parsed.code}: ${parsed.text}`
}

const SHA = 'a'.repeat(64)
const session = { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { idleSessionTimeout: '20' } }
const commands = { linux: { commands: 'top', runAsElevated: true } }

test.each([
  ['accepted', session],
  ['accepted', { ...session, sessionType: 'InteractiveCommands', properties: commands }],
  ['accepted', { ...session, sessionType: 'Port', properties: { portNumber: '22', type: 'LocalPortForwarding' } }],
  ['accepted', { ...session, inputs: { maxSessionDuration: '{{ minutes }}' } }],
  ['InvalidDocumentContent: sessionType is missing.', { schemaVersion: '1.0' }],
  [
    'InvalidDocumentContent: sessionType must be one of Standard_Stream, InteractiveCommands, NonInteractiveCommands, Port.',
    { ...session, sessionType: 'Telnet' },
  ],
  [
    'InvalidDocumentContent: properties is missing: a session of type Port needs it.',
    { ...session, sessionType: 'Port' },
  ],
  ['InvalidDocumentContent: properties.portNumber is missing.', { ...session, sessionType: 'Port', properties: {} }],
  [
    'InvalidDocumentContent: properties.beos is none of linux, windows, macos.',
    { ...session, sessionType: 'InteractiveCommands', properties: { beos: { commands: 'x' } } },
  ],
  [
    'InvalidDocumentContent: inputs.runAsEnabled must be true or false.',
    { ...session, inputs: { runAsEnabled: 'no' } },
  ],
  [
    'InvalidDocumentContent: inputs.idleSessionTimeout must be whole minutes from 1 to 60.',
    { ...session, inputs: { idleSessionTimeout: '61' } },
  ],
  [
    'InvalidDocumentSchemaVersion: Schema version 2.2 is not supported for a document of type Session. Supported: 1.0.',
    { ...session, schemaVersion: '2.2' },
  ],
])('a Session document: %s', (text, value) => {
  expect(problemOf('Session', value)).toBe(text)
})

test('a Session document is for the platforms that it has commands for', () => {
  const value = { ...session, sessionType: 'NonInteractiveCommands', properties: commands }
  const parsed = parseTyped('Session', JSON.stringify(value), 'JSON')
  expect(parsed.ok && parsed.document.platformTypes).toEqual(['Linux'])
})

const manifest = {
  schemaVersion: '2.0',
  version: '1.2.3',
  packages: { ubuntu: { _any: { x86_64: { file: 'app.zip' } } }, windows: { _any: { _any: { file: 'win.zip' } } } },
  files: { 'app.zip': { checksums: { sha256: SHA.toUpperCase() } }, 'win.zip': {} },
}

test('a Package names its files with their hashes, and its platforms', () => {
  const parsed = parseTyped('Package', JSON.stringify(manifest), 'JSON')
  expect(parsed.ok && [parsed.document.platformTypes, [...parsed.document.files]]).toEqual([
    ['Linux', 'Windows'],
    [
      ['app.zip', SHA],
      ['win.zip', undefined],
    ],
  ])
})

test.each([
  ['version must be a string such as "1.0.0".', { version: 1 }],
  ['files is missing.', { files: undefined }],
  ['files must name at least one file.', { files: {} }],
  ['files.app.zip.checksums.sha256 must be 64 hex digits.', { files: { 'app.zip': { checksums: { sha256: 'x' } } } }],
  ['packages must be a map of platforms, at least one.', { packages: {} }],
  ['packages.ubuntu must be a map of versions of the platform; _any is all.', { packages: { ubuntu: 'app.zip' } }],
  [
    'packages._any._any._any.file is other.zip, which files does not name.',
    { packages: { _any: { _any: { _any: { file: 'other.zip' } } } } },
  ],
])('a Package is refused: %s', (text, change) => {
  expect(problemOf('Package', { ...manifest, ...change })).toBe(`InvalidDocumentContent: ${text}`)
})

const event = [
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260101T000000Z',
  'DURATION:PT1H',
  'END:VEVENT',
]
const calendar = (...inner: string[]) =>
  ['BEGIN:VCALENDAR', 'PRODID:-//AWS//Change Calendar 1.0//EN', 'VERSION:2.0', ...inner, 'END:VCALENDAR', ''].join(
    '\r\n',
  )

test.each([
  ['accepted', calendar('X-CALENDAR-TYPE:DEFAULT_OPEN', 'X-WR-CALDESC:', ...event)],
  ['accepted', calendar('X-CALENDAR-TYPE:DEFAULT_CLOSED', 'DESCRIPTION:folded', ' on', ...event)],
  ['The content must begin with BEGIN:VCALENDAR.', 'hello:there'],
  ['Line 1 is no NAME:VALUE of an iCalendar file.', 'hello there'],
  [
    'PRODID is missing: it names the calendar program, such as -//AWS//Change Calendar 1.0//EN.',
    'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR',
  ],
  ['VERSION must be 2.0.', 'BEGIN:VCALENDAR\nPRODID:x\nVERSION:1.0\nEND:VCALENDAR'],
  ['X-CALENDAR-TYPE must be DEFAULT_OPEN or DEFAULT_CLOSED.', calendar('X-CALENDAR-TYPE:OPEN')],
  ['BEGIN:VEVENT in line 4 has no END:VEVENT.', calendar('BEGIN:VEVENT').replace('\r\nEND:VCALENDAR', '')],
  ['Line 5: END:VCALENDAR ends what did not begin.', calendar('BEGIN:VEVENT')],
  ['The event in line 4 has no DTSTART.', calendar(...event.filter((line) => !line.startsWith('DTSTART')))],
  ['The event in line 4 has no DTEND or DURATION.', calendar(...event.filter((line) => !line.startsWith('DUR')))],
  [
    'The event in line 4: DTSTART must be a date such as 20261130T120000Z.',
    calendar(...event.map((line) => (line.startsWith('DTSTART') ? 'DTSTART:tomorrow' : line))),
  ],
  ['Line 11 stands after END:VCALENDAR.', `${calendar(...event)}BEGIN:VCALENDAR`],
])('a ChangeCalendar: %s', (text, content) => {
  const expected = text === 'accepted' ? text : `InvalidDocumentContent: ${text}`
  expect(problemOf('ChangeCalendar', content, 'TEXT')).toBe(expected)
})

test('a ChangeCalendar is TEXT, and shows its description', () => {
  expect(problemOf('ChangeCalendar', {}, 'JSON')).toMatch(/is TEXT: an iCalendar file\.$/)
  const parsed = parseTyped('ChangeCalendar', calendar('X-WR-CALDESC:Freezes of the year'), 'TEXT')
  expect(parsed.ok && parsed.document.description).toBe('Freezes of the year')
})

const template =
  'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      Name: !Sub "${AWS::StackName}-x"\n'

test.each<[string, DocumentType, unknown, ContentFormat]>([
  ['accepted', 'Policy', { schemaVersion: '2.0', mainSteps: [{ action: 'aws:softwareInventory', name: 'a' }] }, 'JSON'],
  [
    'InvalidDocumentSchemaVersion: Schema version 1.2 is not supported for a document of type Policy. Supported: 2.0, 2.2.',
    'Policy',
    { schemaVersion: '1.2', runtimeConfig: { 'aws:runShellScript': { properties: { runCommand: ['true'] } } } },
    'JSON',
  ],
  ['accepted', 'CloudFormation', template, 'YAML'],
  ['accepted', 'ConformancePackTemplate', template, 'YAML'],
  ['InvalidDocumentContent: Resources is missing.', 'CloudFormation', {}, 'JSON'],
  ['accepted', 'ApplicationConfiguration', { limit: 3 }, 'JSON'],
  ['accepted', 'ApplicationConfiguration', [1, 2], 'JSON'],
  ['accepted', 'ApplicationConfiguration', 'limit = 3\n', 'TEXT'],
  ['InvalidDocumentContent: The content is not valid JSON (line 1 column 2).', 'ApplicationConfiguration', '{', 'JSON'],
  [
    'accepted',
    'ApplicationConfigurationSchema',
    { type: 'object', properties: { limit: { type: 'integer' } } },
    'JSON',
  ],
  [
    'InvalidDocumentContent: type must be one of object, array, string, number, integer, boolean, null.',
    'ApplicationConfigurationSchema',
    { type: 'thing' },
    'JSON',
  ],
  ['accepted', 'DeploymentStrategy', { DeploymentDurationInMinutes: 10, GrowthFactor: 10 }, 'JSON'],
  ['accepted', 'QuickSetup', { schemaVersion: '1.0', configuration: {} }, 'JSON'],
  ['accepted', 'ProblemAnalysis', { analysis: 'x' }, 'JSON'],
  ['accepted', 'ProblemAnalysisTemplate', 'analysis: x\n', 'YAML'],
  ['accepted', 'ManualApprovalPolicy', { schemaVersion: '1.0', approvers: [] }, 'JSON'],
  ['accepted', 'AutoApprovalPolicy', 'permit(principal, action, resource);', 'TEXT'],
  ['InvalidDocumentContent: A document of type QuickSetup is JSON or YAML.', 'QuickSetup', 'x', 'TEXT'],
  ['InvalidDocumentContent: The content of a document of type QuickSetup must be a map.', 'QuickSetup', '[]', 'JSON'],
  [
    'MaxDocumentSizeExceeded: The document has 65537 bytes; the limit is 65536.',
    'ApplicationConfiguration',
    'x'.repeat(65_537),
    'TEXT',
  ],
])('%s: %s', (text, type, value, format) => {
  expect(problemOf(type, value, format)).toBe(text)
})

test('nothing that a text may be makes a parser throw', () => {
  const types: readonly DocumentType[] = ['Automation', 'Session', 'Package', 'CloudFormation', 'ChangeCalendar']
  const parts = [null, 1, 'x', [], {}, [null], { a: null }]
  for (const type of types)
    for (const part of parts)
      for (const member of [
        'mainSteps',
        'parameters',
        'files',
        'packages',
        'properties',
        'outputs',
        'variables',
        'Resources',
      ])
        for (const schemaVersion of ['0.3', '1.0', '2.0'])
          expect(() =>
            parseTyped(type, JSON.stringify({ ...manifest, ...session, schemaVersion, [member]: part }), 'JSON'),
          ).not.toThrow()
})
