/**
 * The agent's only door to the machine: starting processes apart from the agent (a transient service
 * under systemd, else a session and control group of its own), ending a whole tree of them, files that
 * only the owner may read, facts about the host. What comes in are plain values; nothing here knows
 * commands or steps. Tests replace single members of `Platform` (boot id, reboot).
 */
export { type Child, type ChildOptions, startChild } from './child.ts'
export type { ControlGroups, GroupLimits } from './control-group.ts'
export {
  type Appender,
  createOnce,
  freeBytes,
  hasProgram,
  isInMemory,
  type Mark,
  makeFolder,
  moveFile,
  openAppender,
  openMark,
  ownerOf,
  readIfThere,
  readInto,
  readPiece,
  removeAll,
  replaceFile,
  scanFile,
  setPrivate,
  sizeOf,
  syncFile,
  takeClaim,
  watchFolder,
  writePrivate,
} from './files.ts'
export { type HostFacts, parseOsRelease, readHostFacts } from './host-facts.ts'
export { createPlatform, type Held, type Launch, type Platform, type PlatformOptions } from './platform.ts'
export { KILL_TIMES, type KillTimes, killTree, type ProcessTree, treePids } from './process-tree.ts'
export { findProcess, listProcesses, mentions, type ProcessInfo, signal } from './processes.ts'
export { type ProgramEnd, type ProgramOptions, runProgram } from './run-program.ts'
export { shellQuote } from './spawner.ts'
