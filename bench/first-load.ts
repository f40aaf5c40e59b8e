// What a browser that was never here has to fetch before the sign-in page and the dashboard of either app stand: the
// JavaScript, as compressed as it really crosses the wire, against the same apps sent whole.
import fs from 'node:fs'
import path from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { rootDir } from '#platform/server/config.ts'
import { withSite } from './pages/demonstration-site.ts'
import { practiceMember } from './pages/practice-member.ts'
import type { Metric, Result } from './run.ts'

export const about = 'JavaScript a cold load of the sign-in page and of the dashboard transfers, in both apps'

const limit = 200

export async function run(): Promise<Result> {
  return withSite(async (site) => {
    const { url, practiceUrl, freshBrowser } = site
    const staff = site.cookies.cookies
    const { cookies: member } = await practiceMember(site)
    const pages = [
      { name: 'sign_in', address: `${url}/sign-in`, cookies: [] },
      { name: 'dashboard', address: `${url}/dashboard`, cookies: staff },
      { name: 'practice_sign_in', address: `${practiceUrl}/sign-in`, cookies: [] },
      { name: 'practice_dashboard', address: `${practiceUrl}/`, cookies: member },
    ]
    const metrics: Metric[] = []
    for (const { name, address, cookies } of pages) {
      const files = await withBrowser(freshBrowser, async (browser) => {
        await browser.addCookies(cookies)
        return javascriptOf(browser, address)
      })
      console.log(`${name}: ${listed(files)}`)
      const value = kilobytes(files)
      metrics.push({ name: `${name}_kb`, value, target: `<= ${limit} kB`, meets: value <= limit })
    }
    return {
      bench: 'first-load',
      metrics,
      ours: Math.max(...metrics.map(({ value }) => value)),
      reference: Math.max(wholeApp('backoffice'), wholeApp('practice')),
      unit: 'kB',
      runs: 1,
    }
  })
}

async function withBrowser<T>(
  fresh: () => Promise<BrowserContext>,
  work: (browser: BrowserContext) => Promise<T>,
) {
  const browser = await fresh()
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** @returns bytes by file as they crossed the wire, without the headers of each answer */
async function javascriptOf(browser: BrowserContext, address: string): Promise<Map<string, number>> {
  const page = await browser.newPage()
  const sizes: Promise<readonly [string, number]>[] = []
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url())
    if (request.resourceType() !== 'script' && !pathname.endsWith('.js')) return
    sizes.push(request.sizes().then(({ responseBodySize }) => [path.basename(pathname), responseBodySize]))
  })
  await page.goto(address)
  await page.locator('h1').waitFor()
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' })
  // The whole of what the page asks for by itself, afterthoughts included.
  for (let before = -1; before !== sizes.length;) {
    before = sizes.length
    await page.waitForTimeout(1_000)
  }
  return new Map(await Promise.all(sizes))
}

function kilobytes(bytes: Map<string, number>): number {
  return Math.round([...bytes.values()].reduce((sum, one) => sum + one, 0) / 100) / 10
}

function listed(bytes: Map<string, number>): string {
  const files = [...bytes].toSorted(([, one], [, other]) => other - one)
  return files.map(([file, size]) => `${file} ${(size / 1000).toFixed(1)}`).join(', ')
}

/** Every script of an app, compressed: what a page would cost if nothing were left for later. */
function wholeApp(app: string): number {
  const folder = path.join(rootDir, 'dist', app, 'assets')
  const sizes = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.js.br'))
    .map((file) => fs.statSync(path.join(folder, file)).size)
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10
}
