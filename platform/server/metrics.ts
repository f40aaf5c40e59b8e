import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A figure of a module's own at `/metrics`, asked for each time somebody looks. */
export type Measure = {
  name: string
  help: string
  /** What tells its parts apart, where it has any: `state`, and `read` gives `{ active: 12, suspended: 1 }`. */
  label?: string
  read(): Promise<number | Readonly<Record<string, number>>>
}

/** What `/metrics` tells: the process, the requests it answered, and what the modules measure. */
export function openMetrics(measures: readonly Measure[]) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  for (const { name, help, label, read } of measures)
    // The registry keeps it and asks it.
    // oxlint-disable-next-line no-new
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
      async collect() {
        // One figure that cannot be had (the database is away) must not hide the others.
        const figure = await read().catch(() => Number.NaN)
        if (typeof figure === 'number' || label === undefined) return this.set(Number(figure))
        this.reset()
        for (const [part, value] of Object.entries(figure)) this.set({ [label]: part }, value)
      },
    })
  return { registry, durations }
}
