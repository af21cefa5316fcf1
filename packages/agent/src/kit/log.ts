import { type Logger, pino } from 'pino'

export type Log = Logger

/** The agent's log: JSON lines on standard error, which systemd puts into its journal. Never buffered, so a crash loses no line. */
export function createLog(level: string): Log {
  return pino({ level, base: { program: 'muster-agent' } }, pino.destination({ fd: 2, sync: true }))
}
