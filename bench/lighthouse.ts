// Lighthouse with its desktop preset on the pages people see first, over the built app as it is served.
import type { BrowserContext } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { freePort } from '../tests/harness/real-server.ts'
import { withSite } from './pages/demonstration-site.ts'
import type { Metric, Result } from './run.ts'

export const about =
  'Lighthouse, desktop preset: performance and accessibility of sign-in, dashboard and clients'

const limit = 95
const rounds = 3
const pages = [
  { name: 'sign_in', address: '/sign-in', signedIn: false },
  { name: 'dashboard', address: '/dashboard', signedIn: true },
  { name: 'clients', address: '/clients', signedIn: true },
]

type Scores = { performance: number; accessibility: number; blemishes: string[] }

export async function run(): Promise<Result> {
  return withSite(async ({ url, cookies, freshBrowser }) => {
    const metrics: Metric[] = []
    for (const { name, address, signedIn } of pages) {
      const runs: Scores[] = []
      for (let round = 0; round < rounds; round++) {
        const port = await freePort()
        const browser = await freshBrowser([`--remote-debugging-port=${port}`])
        if (signedIn) await browser.addCookies(cookies.cookies)
        runs.push(await scoresOf(browser, port, url + address))
      }
      const median = {
        performance: middle(runs.map((one) => one.performance)),
        accessibility: middle(runs.map((one) => one.accessibility)),
      }
      console.log(`${address}: ${JSON.stringify(median)} ${runs[0]?.blemishes.join('; ') ?? ''}`)
      for (const kind of ['performance', 'accessibility'] as const) {
        const value = median[kind]
        metrics.push({ name: `${name}_${kind}`, value, target: `>= ${limit}`, meets: value >= limit })
      }
    }
    return {
      bench: 'lighthouse',
      metrics,
      ours: Math.min(...metrics.map((metric) => metric.value)),
      reference: 100,
      unit: 'score',
      runs: rounds,
    }
  })
}

async function scoresOf(browser: BrowserContext, port: number, address: string): Promise<Scores> {
  try {
    const options = {
      port,
      onlyCategories: ['performance', 'accessibility'],
      // Cookies are what the page is signed in with; the profile is new, so its cache is empty anyway.
      disableStorageReset: true,
      logLevel: 'error' as const,
    }
    const report = await lighthouse(address, options, desktopConfig)
    if (!report) throw new Error(`Lighthouse said nothing about ${address}`)
    const { categories, audits, finalDisplayedUrl, runtimeError } = report.lhr
    if (runtimeError) throw new Error(`${address}: ${runtimeError.message}`)
    if (finalDisplayedUrl.split('?')[0] !== address) throw new Error(`${address} led to ${finalDisplayedUrl}`)
    return {
      performance: scoreOf(categories.performance),
      accessibility: scoreOf(categories.accessibility),
      blemishes: Object.values(audits)
        .filter(({ score }) => score !== null && score < 0.9)
        .map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim()),
    }
  } finally {
    await browser.close()
  }
}

function scoreOf(category: { score: number | null } | undefined): number {
  return Math.round((category?.score ?? 0) * 100)
}

function middle(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
