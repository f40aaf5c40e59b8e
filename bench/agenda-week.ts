// A week of 200 appointments in the tests' browser: what its first paint costs in script, the app's own start included,
// and whether an appointment that is dragged over it follows the hand at every frame.
import type { Page } from '@playwright/test'
import { framesDuring, workOf } from './agenda-week/counting.ts'
import { appointments, fillWeek, monday } from './agenda-week/full-week.ts'
import { withSite } from './pages/demonstration-site.ts'
import type { Result } from './run.ts'
import { median } from './shared/load.ts'

export const about =
  'the agenda’s week with 200 appointments: script until it is painted, frames while dragging'

const limits = { scriptMs: 200, framesPerSecond: 60, taskMs: 1_000 / 60 }
const rounds = 5
const seconds = 3

export async function run(): Promise<Result> {
  return withSite(async ({ url, freshBrowser }) => {
    const origin = url.replace('//localhost', '//app.localhost')
    const browser = await freshBrowser()
    try {
      await fillWeek(browser, origin)
      const script: number[] = []
      const dragging: number[] = []
      const idle: number[] = []
      const work: number[] = []
      for (let round = 1; round <= rounds; round++) {
        const page = await browser.newPage()
        script.push(await firstPaint(page, `${origin}/agenda?on=${monday}&view=week`))
        idle.push((await framesDuring(page, () => page.waitForTimeout(seconds * 1_000))).perSecond)
        const { frames, taskMs } = await draggedFor(page, seconds)
        dragging.push(frames)
        work.push(taskMs)
        console.log(
          `round ${round}: ${script.at(-1)?.toFixed(0)} ms of script until painted; ` +
            `${frames.toFixed(1)} frames/s dragging (${idle.at(-1)?.toFixed(1)} idle), ${taskMs.toFixed(1)} ms of work a frame`,
        )
        await page.close()
      }
      const [ours, reference] = [median(dragging), median(idle)]
      const metrics = [
        { name: 'first_paint_script_ms', value: median(script), limit: limits.scriptMs, below: true },
        // Of what the browser draws by itself on this machine: nothing draws more.
        { name: 'dragging_of_idle_frames', value: ours / reference, limit: 0.95, below: false },
        { name: 'dragging_work_ms_a_frame', value: median(work), limit: limits.taskMs, below: true },
      ]
      return {
        bench: 'agenda-week',
        metrics: metrics.map(({ name, value, limit, below }) => ({
          name,
          value: Number(value.toFixed(2)),
          target: `${below ? '<=' : '>='} ${Number(limit.toFixed(2))}`,
          meets: below ? value <= limit : value >= limit,
        })),
        ours: Math.round(ours * 10) / 10,
        reference: Math.round(reference * 10) / 10,
        unit: 'frames/s',
        runs: rounds,
      }
    } finally {
      await browser.close()
    }
  })
}

/** Script from an empty page to the painted week, with all that the app does to begin. */
async function firstPaint(page: Page, address: string): Promise<number> {
  const work = await workOf(page)
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-appointment]').length === count,
    appointments,
  )
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return (await work.now()).scriptMs
}

/** An appointment is carried to and fro over the week, and put back where it was. */
async function draggedFor(page: Page, long: number): Promise<{ frames: number; taskMs: number }> {
  const block = page.locator('[data-appointment]').first()
  await block.scrollIntoViewIfNeeded()
  const box = await block.boundingBox()
  if (!box) throw new Error('the first appointment is not to be seen')
  const [x, y] = [box.x + box.width / 2, box.y + 8]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 6, y + 6)
  await page.locator('[data-ghost]').waitFor()
  const work = await workOf(page)
  const before = await work.now()
  const { perSecond, count } = await framesDuring(page, async () => {
    const until = performance.now() + long * 1_000
    for (let step = 0; performance.now() < until; step++)
      await page.mouse.move(x + 300 + 300 * Math.sin(step / 20), y + 150 + 150 * Math.cos(step / 13))
  })
  const { taskMs } = await work.now()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return { frames: perSecond, taskMs: (taskMs - before.taskMs) / count }
}
