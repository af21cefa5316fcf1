/**
 * What goes out over the link: journaled facts by number, and output by offset. In: the runner's outbox and spools,
 * which are views of the journal. Out: the ports that the link reads, and the news that wakes it.
 */
import { createNews, type News } from '#kit/index.ts'
import type { OutputPort, RecordPort } from '#link/index.ts'
import type { Runner } from '#runner/index.ts'
import { createOutputStreams } from './outputs.ts'
import { createRecords } from './records.ts'

export interface Outbox {
  readonly records: RecordPort
  readonly outputs: OutputPort
}

/** Follows the runner's news until the signal aborts. */
export function createOutbox(runner: Runner, signal: AbortSignal): Outbox {
  const records = createNews()
  const outputs = createNews()
  void forward((stop) => runner.news(stop), records, signal)
  void forward((stop) => runner.outputs.changed(stop), outputs, signal)
  return { records: createRecords(runner, records), outputs: createOutputStreams(runner.outputs, outputs) }
}

async function forward(wait: (signal: AbortSignal) => Promise<void>, news: News, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(signal)
    news.announce()
  }
}
