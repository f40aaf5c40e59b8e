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
  for (const viewport of [wide, narrow]) {
    test(`every page of the ${app} is accessible, whole, in one language and no wider than ${viewport.width} px, by day and by night`, async ({
      open,
      demonstration,
    }) => {
      // As many pages as there are, each read whole by axe, twice.
      test.setTimeout(480_000)
      const touch = viewport === narrow && { hasTouch: true }
      const page = await inside(app, { open, demonstration }, { viewport, ...touch })
      // Each page comes up in one theme, which is then changed before its eyes: at the other width it is the other one.
      const themes = viewport === wide ? (['day', 'night'] as const) : (['night', 'day'] as const)
      const french = tongue('fr')
      await prefer(page, app, { theme: themes[0], language: 'fr' })
      let wayOut = 0
      for (const route of await everyPage(page)) {
        await visit(page, route)
        for (const theme of themes) {
          if (theme !== themes[0]) await turnTo(page, theme)
          const where = `${route.path} by ${theme}`
          await expect.soft(page.locator('html'), where).toHaveAttribute('data-theme', theme)
          expect.soft(await axeViolations(page), `axe on ${where}`).toEqual([])
          expect.soft(await isTooWide(page), `${where} is wider than the screen`).toBe(false)
          const prefix = app === 'practice' ? 'practice-' : ''
          const file = `${prefix}${nameOf(route)}-${theme}-${viewport.width}.png`
          await page.screenshot({ path: path.join(rootDir, 'screenshots', file) })
        }
        await isWhole(page, route.path)
        await speaksOnly(page, french, route.path)
        if (app === 'backoffice' && viewport === wide && route.frame === 'shell') {
          wayOut++
          await leadsOut(page, route.path)
        }
      }
      if (app === 'backoffice' && viewport === wide) expect(wayOut).toBeGreaterThan(10)
    })
  }

  test(`no page of the ${app} says anything in French to who reads English, or shows the key of a message`, async ({
    open,
    demonstration,
  }) => {
    const page = await inside(app, { open, demonstration })
    const english = tongue('en')
    await prefer(page, app, { theme: 'day', language: 'en' })
    for (const route of await everyPage(page)) {
      await visit(page, route)
      await speaksOnly(page, english, route.path)
    }
    await keepLanguage(page, app, 'fr')
  })
}

test('the page that no router knows is accessible too, by day and by night', async ({
  open,
  demonstration: { server },
}) => {
  const page = await open('nobody', { viewport: narrow, colorScheme: 'light' })
  const address = `${server.url}/api/docs`
  await page.goto(address)
  await settled(page)
  for (const theme of ['day', 'night']) {
    await page.emulateMedia({ colorScheme: theme === 'day' ? 'light' : 'dark' })
    expect.soft(await axeViolations(page), `axe on ${address} by ${theme}`).toEqual([])
    expect.soft(await isTooWide(page), `${address} is wider than the screen by ${theme}`).toBe(false)
    await page.screenshot({ path: path.join(rootDir, 'screenshots', `api-docs-${theme}-390.png`) })
  }
  expect.soft(await page.title(), `title of ${address}`).toMatch(/\S/)
  await expect.soft(page.locator('h1'), `headings of ${address}`).toHaveCount(1)
  await expect.soft(page.getByRole('main'), `main landmarks of ${address}`).toHaveCount(1)
})

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

async function isWhole(page: Page, known: string): Promise<void> {
  expect.soft(await page.title(), `title of ${known}`).toMatch(/^\S.* · MaGestionPsy/)
  await expect.soft(page.locator('h1'), `headings of ${known}`).toHaveCount(1)
  await expect.soft(page.getByRole('main'), `main landmarks of ${known}`).toHaveCount(1)
}

/** Last of all, since it leaves a menu open. */
function leadsOut(page: Page, known: string): Promise<void> {
  return test.step('the way out is two clicks away', async () => {
    await page
      .getByRole('button', { name: /Delcourt/ })
      .first()
      .click()
    await expect(page.getByRole('menuitem', { name: 'Se déconnecter' }), known).toBeVisible()
  })
}

type Tongue = ReturnType<typeof tongue>

function tongue(language: 'fr' | 'en') {
  const other = language === 'fr' ? 'en' : 'fr'
  return { language, other, isForeign: speaks(other), keys: messagesIn('fr') } as const
}

/** Nothing of the other language, and no key that has no words. */
async function speaksOnly(
  page: Page,
  { language, other, isForeign, keys }: Tongue,
  known: string,
): Promise<void> {
  await expect.soft(page.locator('html'), known).toHaveAttribute('lang', language)
  const texts = await spokenTexts(page)
  expect(texts.length, `texts of ${known}`).toBeGreaterThan(5)
  expect.soft(texts.filter(isForeign), `in ${other} on ${known}`).toEqual([])
  const shown = texts.filter((text) => keys.has(text))
  expect.soft(shown, `keys on ${known}`).toEqual([])
}

/** As the choice arrives that was made in another tab; done when the colours stand still. */
async function turnTo(page: Page, theme: string): Promise<void> {
  await page.evaluate(async (chosen) => {
    localStorage.setItem('mgp.theme', chosen)
    dispatchEvent(new StorageEvent('storage', { key: 'mgp.theme' }))
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    // What inherits its colour moves after what it inherits it from.
    do await drawn()
    while (document.getAnimations().length > 0)
  }, theme)
}

async function visit(page: Page, route: Route): Promise<void> {
  await page.goto(route.address)
  await settled(page)
  // A conversation opens at what was said last: what lies half under the header then has not the size it has.
  await page.evaluate(() => scrollTo(0, 0))
}
