// Lighthouse on the pages people see first, over both built apps as they are served: the back-office, which stands on desks,
// with its desktop preset, the practice app, which is carried about, with its mobile one.
import type { BrowserContext } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { freePort } from '../tests/harness/real-server.ts'
import { withSite, type Site } from './pages/demonstration-site.ts'
import { practiceMember } from './pages/practice-member.ts'
import type { Metric, Result } from './run.ts'

export const about =
  'Lighthouse: performance and accessibility of both apps, desktop preset and mobile preset'

const limit = 95
const rounds = 3

type Looked = {
  name: string
  address: string
  cookies: Parameters<BrowserContext['addCookies']>[0]
  device: 'desktop' | 'mobile'
}

type Scores = { performance: number; accessibility: number; blemishes: string[] }

export async function run(): Promise<Result> {
  return withSite(async (site) => {
    const metrics: Metric[] = []
    for (const page of [...backOffice(site), ...(await practice(site))]) {
      const runs: Scores[] = []
      for (let round = 0; round < rounds; round++) {
        const port = await freePort()
        const browser = await site.freshBrowser([`--remote-debugging-port=${port}`])
        await browser.addCookies(page.cookies)
        runs.push(await scoresOf(browser, port, page))
      }
      const median = {
        performance: middle(runs.map((one) => one.performance)),
        accessibility: middle(runs.map((one) => one.accessibility)),
      }
      console.log(`${page.name}: ${JSON.stringify(median)} ${runs[0]?.blemishes.join('; ') ?? ''}`)
      for (const kind of ['performance', 'accessibility'] as const) {
        const value = median[kind]
        metrics.push({ name: `${page.name}_${kind}`, value, target: `>= ${limit}`, meets: value >= limit })
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

function backOffice({ url, cookies: { cookies } }: Site): Looked[] {
  const device: Looked['device'] = 'desktop'
  return [
    { name: 'sign_in', address: `${url}/sign-in`, cookies: [], device },
    { name: 'dashboard', address: `${url}/dashboard`, cookies, device },
    { name: 'clients', address: `${url}/clients`, cookies, device },
  ]
}

async function practice(site: Site): Promise<Looked[]> {
  const { cookies, patient, note } = await practiceMember(site)
  const device: Looked['device'] = 'mobile'
  const signedIn = { dashboard: '/', agenda: '/agenda', patients: '/patients', patient, note }
  return [
    { name: 'practice_sign_in', address: `${site.practiceUrl}/sign-in`, cookies: [], device },
    ...Object.entries(signedIn).map(([name, path]) => ({
      name: `practice_${name}`,
      address: site.practiceUrl + path,
      cookies,
      device,
    })),
  ]
}

async function scoresOf(browser: BrowserContext, port: number, { address, device }: Looked): Promise<Scores> {
  try {
    const options = {
      port,
      onlyCategories: ['performance', 'accessibility'],
      // Cookies are what the page is signed in with; the profile is new, so its cache is empty anyway.
      disableStorageReset: true,
      logLevel: 'error' as const,
    }
    // Without a configuration it is the mobile preset.
    const report = await lighthouse(address, options, device === 'desktop' ? desktopConfig : undefined)
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
