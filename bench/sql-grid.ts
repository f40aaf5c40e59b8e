// A hundred thousand rows of ten columns in the console's result grid, scrolled in a real browser by its own wheel, against a page that
// holds the same rows as plain text and scrolls them without a script. One after the other, in turns.
import type { BrowserContext, Page } from '@playwright/test'
import { signedInCookies } from '../tests/harness/accounts.ts'
import { withSite } from './pages/demonstration-site.ts'
import type { Result } from './run.ts'

export const about =
  '100,000 rows scrolling in the result grid of the SQL console, against a bare page that scrolls'

const rows = 100_000
const rounds = 5
const secondsEach = 3
/** Of a screen of 60 Hz; what a timer of a browser rounds is no frame that was dropped. */
const frame = 1000 / 60
const tolerance = 1.5
/** Of 60: who looks sees no jerk. */
const limit = 0.95

const text = `SELECT n AS id, 'Cabinet ' || n % 977 AS name, n % 7 AS kind, n * 1.5 AS amount, 'note ' || n AS note, n % 2 = 0 AS even, n % 89 AS part, NULL AS nothing, n % 13 AS month, n + 7 AS next FROM generate_series(1, ${rows}) n`

type Scrolled = { median: number; p95: number; within: number; frames: number }

export async function run(): Promise<Result> {
  return withSite(async (site) => {
    const browser = await site.freshBrowser()
    try {
      const { cookies } = await signedInCookies(site.url, 'super_administrator')
      await browser.addCookies(cookies)
      const grid = await gridPage(browser, site.url)
      const bare = await barePage(browser, site.url)
      const took = { ours: [] as Scrolled[], bare: [] as Scrolled[] }
      for (let round = 0; round <= rounds; round++) {
        const theirs = await scrolled(bare, 'main')
        const own = await scrolled(grid, '[role="grid"]')
        // The first only warms both up.
        if (round === 0) continue
        took.ours.push(own)
        took.bare.push(theirs)
        console.log(`round ${round}: grid ${told(own)}; bare ${told(theirs)}`)
      }
      const of = (side: Scrolled[], what: keyof Scrolled) => middle(side.map((one) => one[what]))
      // Of what a bare page does in the same run: what else the machine does weighs on both.
      const smooth = middle(took.ours.map((own, at) => own.within / (took.bare[at]?.within || 1)))
      const slower = middle(took.ours.map((own, at) => own.p95 / (took.bare[at]?.p95 || own.p95)))
      return {
        bench: 'sql-grid',
        metrics: [
          {
            name: 'frames_in_time_to_bare',
            value: Number(smooth.toFixed(3)),
            target: `>= ${limit}`,
            meets: smooth >= limit,
          },
          {
            name: 'p95_frame_to_bare',
            value: Number(slower.toFixed(2)),
            target: '<= 1.5',
            meets: slower <= 1.5,
          },
        ],
        ours: Number(of(took.ours, 'median').toFixed(2)),
        reference: Number(of(took.bare, 'median').toFixed(2)),
        unit: 'ms a frame',
        runs: rounds,
      }
    } finally {
      await browser.close()
    }
  })
}

/** Written and run as a person does, and then all that may be shown is asked for. */
async function gridPage(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${url}/sql`)
  await page.getByRole('textbox', { name: 'Texte SQL' }).click()
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('button', { name: /^Montrer jusqu’à/ }).click()
  await page.locator(`[role="grid"][aria-rowcount="${rows + 1}"]`).waitFor()
  return page
}

/** As many rows, as high as ours, drawn by the browser alone. */
async function barePage(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${url}/sign-in`)
  await page.evaluate((count) => {
    const main = document.createElement('main')
    main.style.cssText =
      'position:fixed;inset:100px 40px auto 40px;height:560px;overflow:auto;font:13px sans-serif;z-index:9;background:#fff'
    for (let from = 0; from < count; from += 1000) {
      const part = document.createElement('div')
      part.style.cssText = `content-visibility:auto;contain-intrinsic-size:auto ${1000 * 29}px`
      for (let at = from; at < from + 1000; at++) {
        const line = document.createElement('div')
        line.style.cssText = 'height:29px;white-space:nowrap'
        line.textContent = `${at} ${'Cabinet '.repeat(10)}`
        part.append(line)
      }
      main.append(part)
    }
    document.body.replaceChildren(main)
  }, rows)
  return page
}

/** By the wheel, frame after frame, some rows at a time: what each frame took, as the browser drew it. */
async function scrolled(page: Page, selector: string): Promise<Scrolled> {
  await page.bringToFront()
  // The wheel turns what is under the mouse, and that is within the window.
  await page.locator(selector).evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`nothing to scroll: ${selector}`)
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 700) / 2)
  const watching = page.evaluate((seconds) => {
    return new Promise<number[]>((resolve) => {
      const took: number[] = []
      let last = performance.now()
      const end = last + seconds * 1000
      const next = (now: number) => {
        took.push(now - last)
        last = now
        if (now < end) requestAnimationFrame(next)
        else resolve(took.slice(2))
      }
      requestAnimationFrame(next)
    })
  }, secondsEach)
  const place = () => page.locator(selector).evaluate((element) => element.scrollTop)
  const from = await place()
  const until = performance.now() + secondsEach * 1000
  while (performance.now() < until) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(16)
  }
  // What stands still is smooth too.
  if ((await place()) < from + 10_000) throw new Error(`it was not scrolled: ${selector}`)
  const took = (await watching).toSorted((one, other) => one - other)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  return {
    median: at(0.5),
    p95: at(0.95),
    within: took.filter((one) => one <= frame + tolerance).length / took.length,
    frames: took.length,
  }
}

const told = ({ median, p95, within, frames }: Scrolled) =>
  `${frames} frames, median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${(within * 100).toFixed(1)} % in time`

function middle(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
