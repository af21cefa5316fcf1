import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('../', import.meta.url)

/** Texts that were recorded from the real service, for every operation that is built, by the row that has them. */
const recorded: readonly (readonly [row: number, text: string])[] = [
  [2, 'The security token included in the request is invalid.'],
  [
    3,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  ],
  [4, 'Signature expired: '],
  [4, ' is now earlier than '],
  [5, 'Signature not yet current: '],
  [5, ' is still later than '],
  [6, 'Credential should be scoped to a valid region. '],
  [7, "Credential should be scoped to correct service: 'ssm'. "],
  [14, 'Rate exceeded'],
  [16, 'Systems Manager could not find version 99 of '],
  [18, 'Member must have length less than or equal to 10'],
  [19, "Value '11' at 'maxResults'"],
  [20, 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.'],
  [23, 'Parameter value, cannot be validated against allowedPattern: '],
  [25, 'No access to reserved parameter name: /aws/x.'],
  [
    26,
    'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix',
  ],
  [27, 'Standard tier parameters support a maximum parameter value of 4096 characters. '],
  [28, "Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1"],
  [29, "Invalid request: tags and overwrite can't be used together. "],
  [30, 'Member must satisfy enum value set: [SecureString, StringList, String]'],
  [
    34,
    String.raw`1 validation error detected: Value 'i-083e1601960282cd' at 'instanceId' failed to satisfy constraint: Member must satisfy regular expression pattern: (^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)`,
  ],
  [35, 'Instances [[mi-0123456789abcdef0]] not in a valid state for account'],
  [40, 'Parameters provided in document are invalid or not supported.'],
]

it.each(recorded)('row %i is asked through the stock clients for its recorded text: %s', (_row, text) => {
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  const found = sources.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes(text))
  expect(found).not.toEqual([])
})
