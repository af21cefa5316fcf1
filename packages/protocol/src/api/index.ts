/**
 * The API as data: both models, SSM's own and Muster's, and what follows from them without another line written by
 * hand. In comes the name of an operation and a JSON value; out come the checked value or the service's own text, the
 * JSON body of an error, the TypeScript types of every operation (generated), and a client for `POST /api/<Operation>`.
 * Nothing here knows what an operation does.
 */
export { type Checked, checkInput, checkOutput } from './check.ts'
export {
  ApiClientError,
  type Client,
  type ClientAnswer,
  type ClientFetch,
  type ClientOptions,
  createClient,
} from './client.ts'
export {
  type ErrorShape,
  errorBody,
  errorShapes,
  type GenericError,
  type GenericErrorCode,
  genericErrors,
  signatureTexts,
  statusOf,
} from './errors.ts'
export {
  allOperations,
  findOperation,
  findOperationByName,
  findShape,
  models,
  type OperationModel,
  type Reference,
  type ServiceModel,
  type ServiceName,
  type Shape,
  type ShapeName,
} from './model.ts'
export { describeApi, type OpenApi } from './openapi.ts'
export type * from './operations.generated.ts'
