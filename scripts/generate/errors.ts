// docs/errors.md: every error code that the API can answer.
import { errorShapes, genericErrors, statusOf } from '../../packages/protocol/src/api/errors.ts'
import { allOperations } from '../../packages/protocol/src/api/model.ts'

const HEAD = `# Errors

<!-- Written by "npm run generate" from packages/protocol. Do not edit. -->

An error is answered as JSON: \`{"__type": "<code>", "<text member>": "<text>"}\`. Clients tell errors apart by the code.

## Of every operation

| code | status | text | when |
|---|---|---|---|
`

const MODELLED = `
## Of the model

The text stands in the member named here, which differs from shape to shape; "none" has no text at all.

| code | status | text member | further members | operations |
|---|---|---|---|---|
`

/** The text of docs/errors.md. */
export function generateErrors(): string {
  const generic = Object.entries(genericErrors).map(([code, { status, text, when }]) => row(code, status, text, when))
  const modelled = [...errorShapes.values()]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, textMember, otherMembers }) =>
      row(code, statusOf(code), textMember ?? 'none', otherMembers.join(', '), usersOf(code)),
    )
  return `${HEAD}${generic.join('\n')}\n${MODELLED}${modelled.join('\n')}\n`
}

function usersOf(code: string): string {
  const users = allOperations.filter(({ errors }) => errors.includes(code)).map(({ name }) => name)
  return users.length > 6 ? `${users.length} operations` : users.join(', ')
}

function row(...cells: (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`
}
