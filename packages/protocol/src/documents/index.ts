/**
 * SSM documents as pure functions: for Command documents (schema 1.2, 2.0 and 2.2) text to document, parameters given
 * to values, values into inputs, and the decisions whether a step runs on a platform and what its end means. In come
 * texts and plain values, out come plain values or a problem with its place named; nothing is read, run or remembered.
 * The controller resolves and freezes with these once a command, agents decide with the same ones.
 */
export { actionPlatforms, knownActions } from './actions.ts'
export { type BuiltinDocument, builtinDocuments } from './builtin/index.ts'
export { concludeStep, type StepConclusion, type StepEnd } from './conclude-step.ts'
export { convertContent } from './convert.ts'
export { decideStep, type StepDecision, type StepQuestion } from './decide-step.ts'
export type {
  Constraints,
  Document,
  ParameterDefinition,
  ParameterType,
  ResolvedParameter,
  ResolvedParameters,
  SchemaVersion,
  SecretReference,
  Step,
} from './document.ts'
export {
  type GivenResult,
  MAX_DOCUMENT_DEPTH,
  readDocumentPath,
  readNestedParameters,
  tooDeepText,
} from './nested.ts'
export {
  hasParameterStoreReference,
  revealedSecrets,
  revealSecrets,
  type StoreValue,
  type StoreValues,
  storeParameters,
  storeReferences,
} from './parameter-store.ts'
export { checkParameters, PARAMETERS_PROBLEM, type ParametersProblem, type ParametersResult } from './parameters.ts'
export { type DocumentProblemCode, MAX_DOCUMENT_BYTES, type ParseResult, parseDocument } from './parse.ts'
export { isMap, type ParameterRules, parseParameters } from './parse-parameters.ts'
export { documentPlatforms } from './platforms.ts'
export {
  type Comparison,
  type FrozenPrecondition,
  freezePrecondition,
  type Operand,
  type Platform,
} from './precondition.ts'
export { type DocumentFormat, readContent } from './read-content.ts'
export { misplacedSecret } from './secret-place.ts'
export { stepTimeoutSeconds } from './step-timeout.ts'
export { type ScriptLanguage, type Substituted, substitute, substitutedChars, substituteInputs } from './substitute.ts'
