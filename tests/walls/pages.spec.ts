/**
 * Laws of every page, over the routes of the router that really runs: accessible in both themes and at both widths,
 * whole, in one language, never to be moved sideways.
 */
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import type { Page } from '@playwright/test'
import { messagesIn, speaks } from '../e2e/run/messages.ts'
import { routesOf, type Route } from '../e2e/run/routes.ts'
import { axeViolations, isTooWide, settled, spokenTexts } from '../e2e/run/screens.ts'
import { expect, test } from '../e2e/run/test.ts'

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

for (const theme of ['day', 'night'] as const) {
  for (const viewport of [wide, narrow]) {
    test(`every page is accessible, whole and no wider than ${viewport.width} px, by ${theme}`, async ({
      open,
    }) => {
      const page = await open('super_administrator', {
        viewport,
        ...(viewport === narrow && { hasTouch: true }),
      })
      await prefer(page, { theme, language: 'fr' })
      for (const route of await everyPage(page)) {
        await visit(page, route)
        await expect.soft(page.locator('html'), route.path).toHaveAttribute('data-theme', theme)
        expect.soft(await axeViolations(page), `axe on ${route.path}`).toEqual([])
        expect.soft(await page.title(), `title of ${route.path}`).toMatch(/^\S.* · MaGestionPsy/)
        await expect.soft(page.locator('h1'), `headings of ${route.path}`).toHaveCount(1)
        await expect.soft(page.getByRole('main'), `main landmarks of ${route.path}`).toHaveCount(1)
        expect.soft(await isTooWide(page), `${route.path} is wider than the screen`).toBe(false)
        const name = route.path.slice(1).replaceAll(/\W+/g, '-') || 'home'
        const file = `${name}-${theme}-${viewport.width}.png`
        await page.screenshot({ path: path.join(rootDir, 'screenshots', file) })
      }
    })
  }
}

for (const [language, other] of [
  ['fr', 'en'],
  ['en', 'fr'],
] as const) {
  test(`no page says anything in ${other} to who reads ${language}, or shows the key of a message`, async ({
    open,
  }) => {
    const page = await open('super_administrator')
    const isForeign = speaks(other)
    const keys = messagesIn('fr')
    await prefer(page, { theme: 'day', language })
    for (const route of await everyPage(page)) {
      await visit(page, route)
      await expect.soft(page.locator('html'), route.path).toHaveAttribute('lang', language)
      const texts = await spokenTexts(page)
      expect(texts.length, `texts of ${route.path}`).toBeGreaterThan(5)
      expect.soft(texts.filter(isForeign), `in ${other} on ${route.path}`).toEqual([])
      expect
        .soft(
          texts.filter((text) => keys.has(text)),
          `keys on ${route.path}`,
        )
        .toEqual([])
    }
  })
}

/** What one chooses in the display menu is kept in the browser; the language also with the account. */
async function prefer(
  page: Page,
  { theme, language }: { theme: string; language: 'fr' | 'en' },
): Promise<void> {
  await page.addInitScript(
    ([one, two]) => {
      localStorage.setItem('mgp.theme', one)
      localStorage.setItem('mgp.language', two)
    },
    [theme, language] as const,
  )
  const response = await page.request.put('/api/v1/session/language', { data: { language } })
  expect(response.ok()).toBe(true)
}

async function everyPage(page: Page): Promise<Route[]> {
  await page.goto('/')
  await settled(page)
  const routes = await routesOf(page)
  expect(routes.map(({ path: known }) => known)).toContain('/sign-in')
  return routes
}

async function visit(page: Page, route: Route): Promise<void> {
  await page.goto(route.address)
  await settled(page)
}
