/** What must never happen on a page unless a journey says so: errors, broken policies, requests without a good answer. */
import type { BrowserContext } from '@playwright/test'

export type Faults = {
  watch(context: BrowserContext): void
  /** Faults of this kind belong to what the journey does. */
  allow(...kinds: RegExp[]): void
  /** Those nobody allowed. */
  unexpected(): string[]
}

export function faultsOf(): Faults {
  const seen: string[] = []
  const allowed: RegExp[] = []
  return {
    watch(context) {
      context.on('console', (message) => {
        if (message.type() !== 'error' && message.type() !== 'warning') return
        seen.push(`console: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) =>
        seen.push(`uncaught: ${error.error().stack ?? String(error.error())}`),
      )
      context.on('requestfailed', (request) => {
        const why = request.failure()?.errorText ?? 'failed'
        // A page that is left takes its questions with it.
        if (why !== 'net::ERR_ABORTED') seen.push(`${why}: ${request.method()} ${request.url()}`)
      })
      context.on('response', (response) => {
        if (response.status() < 400) return
        seen.push(`${response.status()}: ${response.request().method()} ${response.url()}`)
      })
    },
    allow: (...kinds) => void allowed.push(...kinds),
    unexpected: () => seen.filter((fault) => !allowed.some((kind) => kind.test(fault))),
  }
}
