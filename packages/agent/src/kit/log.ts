import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * The agent's log: JSON lines on standard error in the controller's form, which systemd puts into its journal.
 * Never buffered, so a crash loses no line.
 */
export function createLog(level: string): Log {
  const options = {
    level,
    base: { program: 'muster-agent' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return pino(options, pino.destination({ fd: 2, sync: true }))
}
