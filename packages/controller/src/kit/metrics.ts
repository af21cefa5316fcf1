import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Counts what happened, by labels with few values each: never an id. */
export type Count = (labels: Readonly<Record<string, string>>, by?: number) => void
/** Observes a duration in seconds. */
export type Observe = (labels: Readonly<Record<string, string>>, seconds: number) => void

/** Where the parts of one controller keep their figures; `GET /metrics` shows them. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Count
  durations(name: string, help: string, labels?: readonly string[]): Observe
  /** A figure that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void
  readonly contentType: string
  text(): Promise<string>
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]

/** Makes the figures of one controller; nothing is shared between two in one process. */
export function createMetrics({ processFigures = false }: { processFigures?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (processFigures) collectDefaultMetrics({ register: registry })
  return {
    counter(name, help, labelNames = []) {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
      return (labels, by = 1) => counter.inc(labels, by)
    },
    durations(name, help, labelNames = []) {
      const histogram = new Histogram({
        name,
        help,
        labelNames: [...labelNames],
        buckets: BUCKETS,
        registers: [registry],
      })
      return (labels, seconds) => histogram.observe(labels, seconds)
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
