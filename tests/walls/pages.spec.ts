/**
 * Laws of every page, over the routes of the router that really runs: accessible in both themes and at both widths,
 * whole, in one language, never to be moved sideways.
 */
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { chooseLanguage, chooseMemberLanguage } from '#contract/identity'
import { callFrom, enterDemonstrationPractice } from '../e2e/run/members.ts'
import { messagesIn, speaks } from '../e2e/run/messages.ts'
import { routesOf, type Route } from '../e2e/run/routes.ts'
import { axeViolations, isTooWide, settled, spokenTexts } from '../e2e/run/screens.ts'
import { expect, test } from '../e2e/run/test.ts'

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

/** Both web apps, each as somebody who may see all of it. */
const apps = ['backoffice', 'practice'] as const
type App = (typeof apps)[number]

for (const app of apps) {
  for (const theme of ['day', 'night'] as const) {
    for (const viewport of [wide, narrow]) {
      test(`every page of the ${app} is accessible, whole and no wider than ${viewport.width} px, by ${theme}`, async ({
        open,
        demonstration,
      }) => {
        // As many pages as there are, each read whole by axe.
        test.slow()
        const touch = viewport === narrow && { hasTouch: true }
        const page = await inside(app, { open, demonstration }, { viewport, ...touch })
        await prefer(page, app, { theme, language: 'fr' })
        for (const route of await everyPage(page)) {
          await visit(page, route)
          await expect.soft(page.locator('html'), route.path).toHaveAttribute('data-theme', theme)
          expect.soft(await axeViolations(page), `axe on ${route.path}`).toEqual([])
          expect.soft(await page.title(), `title of ${route.path}`).toMatch(/^\S.* · MaGestionPsy/)
          await expect.soft(page.locator('h1'), `headings of ${route.path}`).toHaveCount(1)
          await expect.soft(page.getByRole('main'), `main landmarks of ${route.path}`).toHaveCount(1)
          expect.soft(await isTooWide(page), `${route.path} is wider than the screen`).toBe(false)
          const prefix = app === 'practice' ? 'practice-' : ''
          const file = `${prefix}${nameOf(route)}-${theme}-${viewport.width}.png`
          await page.screenshot({ path: path.join(rootDir, 'screenshots', file) })
        }
      })
    }
  }

  for (const [language, other] of [
    ['fr', 'en'],
    ['en', 'fr'],
  ] as const) {
    test(`no page of the ${app} says anything in ${other} to who reads ${language}, or shows the key of a message`, async ({
      open,
      demonstration,
    }) => {
      const page = await inside(app, { open, demonstration })
      const isForeign = speaks(other)
      const keys = messagesIn('fr')
      await prefer(page, app, { theme: 'day', language })
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
      await keepLanguage(page, app, 'fr')
    })
  }
}

for (const theme of ['day', 'night'] as const) {
  test(`the page that no router knows is accessible too, by ${theme}`, async ({
    open,
    demonstration: { server },
  }) => {
    const page = await open('nobody', { viewport: narrow, colorScheme: theme === 'day' ? 'light' : 'dark' })
    const address = `${server.url}/api/docs`
    await page.goto(address)
    await settled(page)
    expect.soft(await axeViolations(page), `axe on ${address}`).toEqual([])
    expect.soft(await page.title(), `title of ${address}`).toMatch(/\S/)
    await expect.soft(page.locator('h1'), `headings of ${address}`).toHaveCount(1)
    await expect.soft(page.getByRole('main'), `main landmarks of ${address}`).toHaveCount(1)
    expect.soft(await isTooWide(page), `${address} is wider than the screen`).toBe(false)
    await page.screenshot({ path: path.join(rootDir, 'screenshots', `api-docs-${theme}-390.png`) })
  })
}

test('these walls see what they are there for', async ({ open, faults }) => {
  const page = await open('super_administrator', { viewport: narrow })
  await page.goto('/clients')
  await settled(page)
  const before = [
    await axeViolations(page),
    await isTooWide(page),
    (await spokenTexts(page)).filter(speaks('en')),
  ]
  expect(before).toEqual([[], false, []])

  await page.evaluate(() => {
    const main = document.querySelector('main')
    main?.append(document.createElement('button'))
    main?.insertAdjacentHTML('beforeend', '<p title="clients.title">New client</p><p>-</p>')
    if (main?.lastElementChild instanceof HTMLElement) main.lastElementChild.style.width = '900px'
    main?.append(Object.assign(document.createElement('script'), { textContent: 'document.title = ""' }))
  })
  expect(await axeViolations(page)).toContainEqual(expect.stringMatching(/^button-name/))
  expect(await isTooWide(page)).toBe(true)
  const texts = await spokenTexts(page)
  expect(texts.filter(speaks('en'))).toEqual(['New client'])
  expect(texts.filter((text) => messagesIn('fr').has(text))).toEqual(['clients.title'])
  await expect
    .poll(() => faults.unexpected())
    .toContainEqual(expect.stringContaining('Content Security Policy'))
  faults.allow(/Content Security Policy/)
})

function nameOf({ path: known }: Route): string {
  if (known === '/') return 'home'
  return known === '/$' ? 'not-found' : known.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '')
}

type Run = {
  open(role: 'super_administrator' | 'nobody', options?: BrowserContextOptions): Promise<Page>
  demonstration: { server: { practiceUrl: string } }
}

/** A browser of somebody who may see every page of the app. */
async function inside(
  app: App,
  { open, demonstration }: Run,
  options: BrowserContextOptions = {},
): Promise<Page> {
  if (app === 'backoffice') return open('super_administrator', options)
  const page = await open('nobody', { ...options, baseURL: demonstration.server.practiceUrl })
  await enterDemonstrationPractice(page)
  return page
}

/** What one chooses in the display menu is kept in the browser; the language also with the account. */
async function prefer(
  page: Page,
  app: App,
  { theme, language }: { theme: string; language: 'fr' | 'en' },
): Promise<void> {
  await page.addInitScript(
    ([one, two]) => {
      localStorage.setItem('mgp.theme', one)
      localStorage.setItem('mgp.language', two)
    },
    [theme, language] as const,
  )
  await keepLanguage(page, app, language)
}

/** With the account, which other tests use after this one. */
async function keepLanguage(page: Page, app: App, language: 'fr' | 'en'): Promise<void> {
  if (app === 'practice') return void (await callFrom(page, chooseMemberLanguage, { language }))
  const response = await page.request.put(addressOf(chooseLanguage), { data: { language } })
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
