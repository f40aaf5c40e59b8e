/** What a page costs its main thread, and how many frames it draws, as the browser itself counts them. */
import type { CDPSession, Page } from '@playwright/test'

export type Work = { scriptMs: number; taskMs: number }

export async function workOf(page: Page): Promise<{ now(): Promise<Work> }> {
  const session: CDPSession = await page.context().newCDPSession(page)
  // Of the thread itself: what else the machine does meanwhile is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    async now() {
      const { metrics } = await session.send('Performance.getMetrics')
      const of = (name: string) => (metrics.find((one) => one.name === name)?.value ?? 0) * 1_000
      return { scriptMs: of('ScriptDuration'), taskMs: of('TaskDuration') }
    },
  }
}

export type Frames = { perSecond: number; count: number }

/** Frames that were drawn while something went on. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = []
    const draw = (at: number) => {
      times.push(at)
      if (!Reflect.get(globalThis, 'counted')) requestAnimationFrame(draw)
    }
    Reflect.set(globalThis, 'counted', false)
    Reflect.set(globalThis, 'frames', times)
    requestAnimationFrame(draw)
  })
  await act()
  const times = await page.evaluate(() => {
    Reflect.set(globalThis, 'counted', true)
    return Reflect.get(globalThis, 'frames') as unknown as number[] // as it was set above
  })
  const took = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return { perSecond: ((times.length - 1) * 1_000) / took, count: times.length }
}
