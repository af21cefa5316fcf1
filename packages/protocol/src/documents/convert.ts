import { stringify } from 'yaml'
import { type DocumentFormat, readContent } from './read-content.ts'

/**
 * A document's text in the other format, with the same values; comments and layout are lost on the way.
 * Undefined when the text is not of the format that it is said to have.
 */
export function convertContent(content: string, from: DocumentFormat, to: DocumentFormat): string | undefined {
  if (from === to) return content
  const read = readContent(content, from)
  if (!read.ok) return undefined
  // No folding: a line of a script must stay one line.
  return to === 'JSON'
    ? JSON.stringify(read.value, undefined, 2)
    : stringify(read.value, { version: '1.2', schema: 'core', lineWidth: 0, aliasDuplicateObjects: false })
}
