import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Fields that log lines share: `requestId, nodeId, commandId, documentName, err`. */
export type LogFields = Readonly<Record<string, unknown>>

/** What the controller's parts log through: `info` for what an operator cares about, `error` when someone must look. */
export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  /** A log of one part, named for instance `muster.commands`. */
  child(name: string): Log
}

export interface LogOptions {
  readonly level: LogLevel
  /** Takes each line; standard error when absent. */
  readonly write?: (line: string) => void
}

/** Makes the root log: one JSON object a line, so that no value can forge a line. */
export function createLog({ level, write }: LogOptions): Log {
  const stream: DestinationStream = write ? { write } : destination({ fd: 2, sync: true })
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.errWithCause },
  }
  return wrap(pino(options, stream))
}

/** A log that drops everything. */
export const silentLog: Log = Object.freeze({
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
})

const wrap = (logger: Logger): Log => ({
  debug: (fields, message) => logger.debug(fields, message),
  info: (fields, message) => logger.info(fields, message),
  warn: (fields, message) => logger.warn(fields, message),
  error: (fields, message) => logger.error(fields, message),
  child: (name) => wrap(logger.child({ name })),
})
