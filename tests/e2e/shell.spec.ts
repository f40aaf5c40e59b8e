import { aClient } from './run/clients.ts'
import { asAdmin } from './run/as-admin.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('the theme one chose is there before the first paint, so that nothing flashes', async ({ open }) => {
  const page = await open('auditor', { colorScheme: 'light' })
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.documentElement.dataset.theme) return
      performance.mark('theme')
      observer.disconnect()
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-theme'] })
  })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'day')
  await page.getByRole('button', { name: 'Affichage' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Nuit' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')

  await page.reload()
  await settled(page)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  const { theme, paint } = await page.evaluate(() => ({
    theme: performance.getEntriesByName('theme')[0]?.startTime,
    paint: performance.getEntriesByName('first-paint')[0]?.startTime,
  }))
  expect(theme).toBeLessThan(paint ?? 0)
})

test('the system’s theme holds for who chose none, and follows it', async ({ open }) => {
  const page = await open('auditor', { colorScheme: 'dark' })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'day')
})

test('the language changes at once, and is kept with the account', async ({ open }) => {
  const page = await open('technical_administrator')
  await page.goto('/audit')
  await expect(page.getByRole('heading', { level: 1, name: 'Journal d’audit' })).toBeVisible()
  await page.getByRole('button', { name: 'Affichage' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')

  const elsewhere = await open('technical_administrator', { locale: 'fr-FR' })
  await elsewhere.goto('/audit')
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible()
  await elsewhere.getByRole('button', { name: 'Display' }).click()
  await elsewhere.getByRole('menuitemcheckbox', { name: 'Français' }).click()
  await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'fr')
})

test('Ctrl+K finds pages and commands as one types, recent ones first', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/invoices')
  await settled(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Rechercher' })
  await expect(palette.getByRole('group').first()).toHaveAccessibleName('Récemment consultés')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.type('tableau')
  await expect(palette.getByRole('option', { name: /^Tableau de bord/ })).toBeVisible()
  await expect(
    palette.getByRole('option', { name: /Afficher le tableau de bord en mode réunion/ }),
  ).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard')
  await settled(page)
  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.type('zzzz')
  await expect(palette.getByText(/Aucun résultat pour/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('what is typed right after Ctrl+K is not lost, and one’s own theme, language and way out are found', async ({
  open,
}) => {
  const page = await open('direction')
  await page.goto('/invoices')
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nuit')
  const palette = page.getByRole('dialog', { name: 'Rechercher' })
  await expect(palette.getByRole('combobox')).toHaveValue('nuit')
  await expect(palette.getByRole('option', { name: /Thème.: Nuit/ })).toBeVisible()
  for (const [word, option] of [
    ['thème', /Thème.: Jour/],
    ['anglais', /Langue.: English/],
    ['déconnexion', /Se déconnecter/],
  ] as const) {
    await palette.getByRole('combobox').fill(word)
    await expect(palette.getByRole('option', { name: option })).toBeVisible()
  }
  // Whatever else is found by that word: what stands first when Enter is pressed goes with what has come by then.
  await palette.getByRole('combobox').fill('nuit')
  await palette.getByRole('option', { name: /Thème.: Nuit/ }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
})

test('the arrow down leads from the search of a list into its rows', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/clients')
  await settled(page)
  await page.keyboard.press('/')
  await expect(page.locator('[data-page-search]')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('tr[data-index="0"]')).toBeFocused()
})

test('a filter that makes no sense leaves the address, and that is said', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/clients?status=foo&q=martin')
  await expect(page.getByText('Ce filtre n’existe pas')).toHaveCount(1)
  await expect(page).toHaveURL('/clients?q=martin')
})

test('the keys that do something are one ? away', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/invoices')
  await settled(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page).toHaveURL('/dashboard')
})

test('support sees neither the dashboard nor its entry, and the address says why', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  await settled(page)
  await expect(page.getByRole('navigation', { name: 'Navigation principale' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Tableau de bord' })).toHaveCount(0)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Rechercher' })
  await expect(palette).toBeVisible()
  await page.keyboard.type('tableau')
  // Tickets speak of some; the page is not offered.
  await expect(palette.getByRole('option', { name: /#\d+/ }).first()).toBeVisible()
  await expect(palette.getByRole('option', { name: /^Tableau de bord/ })).toHaveCount(0)

  await page.goto('/dashboard')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Votre rôle ne donne pas accès à cette page' }),
  ).toBeVisible()
  await expect(page.getByText('dashboard.read')).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect((await page.request.get('/api/v1/dashboard')).status()).toBe(403)
})

test('on a telephone the menu is a sheet under the thumb', async ({ open }) => {
  const page = await open('direction', narrow)
  await page.goto('/dashboard')
  await settled(page)
  await page.getByRole('button', { name: 'Menu', exact: true }).tap()
  const sheet = page.getByRole('dialog', { name: 'Menu' })
  await expect(sheet.getByRole('link', { name: 'Factures' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await sheet.getByRole('link', { name: 'Factures' }).tap()
  await expect(page).toHaveURL('/invoices')
  await expect(sheet).toBeHidden()

  await page.getByRole('button', { name: 'Rechercher' }).tap()
  await expect(page.getByRole('dialog', { name: 'Rechercher' })).toBeVisible()
  expect(await isTooWide(page)).toBe(false)
})

test('when the server dies the page says so, and recovers by itself with what changed meanwhile', async ({
  open,
  demonstration: { server, database },
  faults,
}) => {
  faults.allow(/ERR_CONNECTION_|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|503/)
  const page = await open('support')
  const { id } = await aClient(page, { lastName: 'Panne', firstName: 'Luc', email: 'luc.panne@example.com' })
  await page.goto('/clients?q=panne')
  const row = page.getByRole('row', { name: /Panne Luc/ })
  await expect(row).toContainText('Prospect')
  await server.kill()
  await expect(page.getByText(/Connexion au serveur perdue/)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await asAdmin(database, `UPDATE clients SET status = 'excluded' WHERE id = '${id}'`)
  await server.start()
  // It tries again a little later each time.
  await expect(page.getByText(/Connexion au serveur perdue/)).toBeHidden({ timeout: 60_000 })
  await expect(row).toContainText('Exclu')
})
