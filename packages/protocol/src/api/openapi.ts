import groups from '../../model/groups.json' with { type: 'json' }
import { genericErrors, statusOf } from './errors.ts'
import { models, type OperationModel } from './model.ts'
import { createSchemas, type JsonSchema, refTo, type Schemas } from './openapi-schemas.ts'

/** An OpenAPI 3.1 document. */
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, JsonSchema>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes: JsonSchema }
}

const JSON_TYPE = 'application/x-amz-json-1.1'
const GENERIC = 'GenericError'
const DESCRIPTION = [
  'Each operation is posted to /api/OPERATION with a bearer token, or to / with the header X-Amz-Target and an AWS',
  'Signature Version 4 for the service ssm, as the AWS SDKs do. Members that are not known are left out of account.',
].join(' ')

/** Describes operations by what the models say of them; the same operations give the same document. */
export function describeApi(operations: readonly OperationModel[], version: string): OpenApi {
  const schemas = createSchemas()
  const sorted = [...operations].sort((a, b) => (a.name < b.name ? -1 : 1))
  const paths: Record<string, JsonSchema> = { '/': signedPath(sorted) }
  for (const operation of sorted) paths[`/api/${operation.name}`] = bearerPath(operation, schemas)
  const names = new Set(sorted.map(tagOf))
  return {
    openapi: '3.1.0',
    info: { title: 'Muster', version, description: DESCRIPTION },
    tags: groups.filter(({ name }) => names.has(name)).map(({ name }) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(
        [...schemas.made, [GENERIC, genericError()] as const].sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        sigv4: {
          ...{ type: 'apiKey', in: 'header', name: 'Authorization' },
          description:
            'AWS4-HMAC-SHA256 over the request, service ssm; or with x-amz-security-token for temporary keys.',
        },
      },
    },
  }
}

/** The one path that SDKs know: the header says which operation, and its schemas stand at /api/OPERATION. */
const signedPath = (operations: readonly OperationModel[]): JsonSchema => ({
  post: {
    operationId: 'callSigned',
    summary: 'Any operation, signed as the AWS SDKs do',
    parameters: [
      {
        name: 'X-Amz-Target',
        in: 'header',
        required: true,
        schema: { type: 'string', enum: operations.map(targetOf) },
      },
    ],
    requestBody: { required: true, content: { [JSON_TYPE]: { schema: { type: 'object' } } } },
    responses: {
      '200': { description: 'The output of the operation.', content: { [JSON_TYPE]: { schema: { type: 'object' } } } },
      ...failures([refTo(GENERIC)]),
    },
    security: [{ sigv4: [] }],
  },
})

function bearerPath(operation: OperationModel, schemas: Schemas): JsonSchema {
  const { name, service, input, output, errors } = operation
  const schemaOf = (shape: string | undefined): JsonSchema =>
    shape === undefined ? { type: 'object', maxProperties: 0 } : schemas.refer(service, shape)
  const own = errors.filter((code) => statusOf(code) === 400).map((code) => schemas.refer(service, code))
  return {
    post: {
      operationId: name,
      summary: targetOf(operation),
      tags: [tagOf(operation)],
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input) } } },
      responses: {
        '200': { description: 'The output.', content: { [JSON_TYPE]: { schema: schemaOf(output) } } },
        ...failures([...own, refTo(GENERIC)]),
      },
      security: [{ bearer: [] }],
    },
  }
}

/** By status; what is refused for the caller's own fault may be an error of the model. */
function failures(refusals: readonly JsonSchema[]): JsonSchema {
  const statuses = new Set(Object.values(genericErrors).map(({ status }) => status))
  return Object.fromEntries(
    [...statuses].sort().map((status) => {
      const codes = Object.entries(genericErrors).filter(([, error]) => error.status === status)
      const schema = status === 400 ? { anyOf: refusals } : refTo(GENERIC)
      return [
        String(status),
        { description: codes.map(([code]) => code).join(', '), content: { [JSON_TYPE]: { schema } } },
      ]
    }),
  )
}

const genericError = (): JsonSchema => ({
  type: 'object',
  required: ['__type'],
  properties: { __type: { type: 'string', enum: Object.keys(genericErrors) }, message: { type: 'string' } },
})

const targetOf = ({ service, name }: OperationModel): string =>
  `${models.find((model) => model.service === service)?.targetPrefix}.${name}`

const tagOf = ({ name }: OperationModel): string =>
  groups.find(({ operations }) => operations.includes(name))?.name ?? ''
