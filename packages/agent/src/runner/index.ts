/**
 * Runs the steps of invocations so that no crash can lie: work comes in as frozen envelopes, goes
 * through the journal before it has any effect, runs under a shell wrapper outside the agent's process,
 * and goes out as signed results that are kept until the controller has them. After a crash the journal
 * and the wrapper's claim decide between starting, re-attaching and saying "interrupted". Plugins give
 * it pure functions; processes are behind `Execution`; the journal, the platform and time are given.
 */
export type { RunnerDeps, Trouble } from './deps.ts'
export type { Execution } from './execution.ts'
export { createLocalExecution, type LocalExecutionOptions } from './local-execution.ts'
export type { OutputFollower, Spool, SpoolKey } from './outputs.ts'
export { flag, type Input, InvalidInput, list, map, oneOf, optional, text, variables } from './plugin/inputs.ts'
export { type Outcome, REBOOT_EXIT, scriptOutcome, windowsOutcome } from './plugin/outcome.ts'
export { planStep, type StepPlace } from './plugin/plan-step.ts'
export {
  type Plugin,
  type ProcessSpec,
  type ScriptPlugin,
  type StepContext,
  script,
  type TaskIo,
  type TaskPlugin,
  task,
  type Workspace,
} from './plugin/plugin.ts'
export { readOrder, type TaskHost, type TaskOrder, type TaskSettings } from './plugin/task-order.ts'
export { openPoison, type Poison } from './poison.ts'
export { type Policy, parsePolicy, readPolicy } from './policy.ts'
export type { RunResult, StepHead, StreamHead } from './result.ts'
export { createRunner, InvalidWork, type OutboxEntry, type Runner, type StartedReport, type Work } from './runner.ts'
export { windowsWrapper } from './windows-wrapper.ts'
export { type LaunchSpec, launchProblem, shellWrapper, type Wrapper } from './wrapper.ts'
