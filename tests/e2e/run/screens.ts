/** What every screen is held to, and when it is all there. */
import { createRequire } from 'node:module'
import fs from 'node:fs'
import type Axe from 'axe-core'
import { expect, type Page } from '@playwright/test'

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Waits until the page has its heading and nothing on it is still on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1')).not.toHaveCount(0)
  await expect(page.locator('.skeleton, [aria-busy="true"]')).toHaveCount(0)
  // Recharts draws once it knows its width.
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await still(page)
}

/** Waits until what opens has opened and the other theme's colours have faded in: half way there is no contrast. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What was just asked for begins to move with the next frame.
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
        )
    for (let left = moving(); left.length > 0; left = moving())
      await Promise.allSettled(left.map(({ finished }) => finished))
  })
}

/**
 * WCAG 2.2 AA and axe's best practices, of the whole page or of the part that a selector names: what stands
 * above a page without closing it off hides some of it, and is judged alone.
 * @returns a line per violation, none when all is well
 */
export async function axeViolations(page: Page, part?: string): Promise<string[]> {
  await still(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: typeof Axe } // just loaded
    const found = await axe.run(selector ?? document, {
      // 2.5.8, which axe leaves out unless asked.
      rules: { 'target-size': { enabled: true } },
      // What is well is not described, and no style sheet fetched again that no rule of these reads: half the time.
      resultTypes: ['violations'],
      preload: { assets: ['media'] },
    })
    return found.violations
  }, part)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  )
}

/** Whether the page must be moved sideways to be read. */
export async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) > innerWidth)
}

/** Every piece of text a person sees or hears: text nodes, names, hints. */
export async function spokenTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      // Names of languages and texts in another language say so.
      if (parent?.closest('script, style, noscript, [lang]:not(html)')) continue
      texts.push(walker.currentNode.textContent ?? '')
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext'])
        texts.push(element.getAttribute(name) ?? '')
    }
    return [...new Set(texts.map((text) => text.trim()).filter(Boolean))]
  })
}
