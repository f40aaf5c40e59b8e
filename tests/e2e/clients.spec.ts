import type { Page } from '@playwright/test'
import { clientStatuses } from '#contract/clients'
import { aClient } from './run/clients.ts'
import { downloadOf } from './run/downloads.ts'
import { countShown, wholeNumber } from './run/reading.ts'
import { axeViolations, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('each total filters the list to as many clients as it says', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/clients')
  await settled(page)
  const totals = page.getByRole('navigation', { name: 'Clients par statut' }).getByRole('link')
  await expect(totals).toHaveCount(clientStatuses.length + 2)
  for (const total of await totals.all()) {
    const says = wholeNumber((await total.innerText()).split('\n').at(-1) ?? '')
    await total.click()
    await expect(total).toHaveAttribute('aria-current')
    await expect(totals.and(page.locator('[aria-current]')), 'totals that are the current one').toHaveCount(1)
    await settled(page)
    expect(await countShown(page), await total.innerText()).toBe(says)
  }
})

test('a search forgives accents, case and a slip of the keyboard', async ({ open }) => {
  const page = await open('administrator')
  await aClient(page, {
    lastName: 'Brébeuf',
    firstName: 'Héloïse',
    email: 'heloise.brebeuf@example.com',
    city: 'Épinal',
  })
  await page.goto('/clients')
  await settled(page)
  const search = page.getByRole('searchbox', { name: 'Rechercher un client' })
  for (const typed of ['brebeuf', 'HELOISE', 'epinal', 'brebuef', 'heloise.breb']) {
    await search.fill(typed)
    await expect(page.getByRole('row', { name: /Brébeuf Héloïse/ }), typed).toBeVisible()
  }
  await search.fill('personne de ce nom')
  await expect(page.getByText(/Aucun client pour/)).toBeVisible()
})

test('filters, order and search stand in the address: a reload and the way back keep them', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/clients')
  await settled(page)
  await page.getByRole('button', { name: 'Statut', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Prospect' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Département' }).click()
  await page.keyboard.type('mosel')
  await page.getByRole('option', { name: /^57/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Dernière connexion' }).click()
  await expect(page).toHaveURL(/status=prospect/)
  await expect(page).toHaveURL(/department=57/)
  await expect(page).toHaveURL(/sort=-?lastSignIn/)
  await settled(page)
  const rows = await page.getByRole('row').allInnerTexts()

  await page.reload()
  await settled(page)
  expect(await page.getByRole('row').allInnerTexts()).toEqual(rows)
  const chips = page.getByRole('list', { name: 'Filtres actifs' })
  await expect(chips.getByRole('listitem')).toHaveText([
    /Statut.*Prospect/,
    /Département.*Moselle/,
    /Effacer/,
  ])

  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}/)
  await page.goBack()
  await settled(page)
  await expect(page).toHaveURL(/status=prospect&department=57|department=57&status=prospect/)
  await chips.getByRole('button', { name: /Prospect/ }).click()
  await expect(page).not.toHaveURL(/status=/)
})

test('a view is saved under a name and brings its filters back', async ({ open }) => {
  const page = await open('sales')
  await page.goto('/clients?status=prospect&sort=-created')
  await settled(page)
  await page.getByRole('button', { name: 'Vues' }).click()
  await page.getByRole('menuitem', { name: 'Enregistrer cette vue' }).click()
  await page.getByLabel('Nom de la vue').fill('Prospects récents')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Prospects récents' })).toBeVisible()

  await page.goto('/clients')
  await settled(page)
  await page.getByRole('button', { name: 'Vues' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Prospects récents' }).click()
  await expect(page).toHaveURL(/status=prospect/)
  await expect(page).toHaveURL(/sort=-created/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Prospects récents' }).click()
  await page.getByRole('menuitem', { name: 'Supprimer la vue' }).click()
  await expect(page.getByText(/supprimée/)).toBeVisible()
})

test('two people edit one client: the second is shown both versions and nothing is lost', async ({
  open,
  faults,
}) => {
  faults.allow(/409/)
  const karim = await open('support')
  const sophie = await open('billing')
  const { id } = await aClient(karim, {
    lastName: 'Deuxmains',
    firstName: 'Roxane',
    email: 'roxane.deuxmains@example.com',
    city: 'Nancy',
  })
  for (const page of [karim, sophie]) {
    await page.goto(`/clients/${id}/edit`)
    await settled(page)
  }
  await sophie.getByLabel('Ville').fill('Toul')
  await sophie.getByLabel('Téléphone').fill('06 39 98 12 34')
  await sophie.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(sophie.getByText(/modifications enregistrées/)).toBeVisible()

  await karim.getByLabel('Ville').fill('Metz')
  await karim.getByLabel('Note interne').fill('Rappeler lundi')
  await karim.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(karim.getByRole('alert')).toContainText(
    'Sophie Garnier a modifié ce client pendant que vous le faisiez.',
  )
  const city = karim.getByRole('group', { name: /Ville/ })
  await expect(city).toContainText('Metz')
  await expect(city).toContainText('Toul')
  expect(await axeViolations(karim)).toEqual([])
  await karim.screenshot({ path: 'screenshots/clients-id-edit-conflict-1440.png' })
  await city.getByRole('radio', { name: /Sophie Garnier/ }).check()
  await karim.getByRole('button', { name: 'Enregistrer ce choix' }).click()
  await expect(karim.getByText(/modifications enregistrées/)).toBeVisible()

  const response = await karim.request.get(`/api/v1/clients/${id}`)
  expect(await response.json()).toMatchObject({
    city: 'Toul',
    internalNote: 'Rappeler lundi',
    phone: '+33639981234',
  })
})

test('a client goes to the trash, comes back by undo, and is restored from there later', async ({ open }) => {
  const page = await open('administrator')
  const { id } = await aClient(page, {
    lastName: 'Corbeil',
    firstName: 'Ida',
    email: 'ida.corbeil@example.com',
  })
  const row = page.getByRole('row', { name: /Corbeil Ida/ })
  const trashIt = async () => {
    await row.getByRole('button', { name: /Actions/ }).click()
    await page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click()
    await expect(row).toBeHidden()
  }
  await page.goto('/clients?q=corbeil')
  await trashIt()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect(row).toBeVisible()

  await trashIt()
  await page.goto(`/clients/${id}`)
  await expect(page.getByText('Ce client est dans la corbeille.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Modifier' })).toHaveCount(0)
  await page.goto('/clients?trash=in&q=corbeil')
  await row.getByRole('button', { name: /Actions/ }).click()
  await page.getByRole('menuitem', { name: 'Restaurer' }).click()
  await expect(row).toBeHidden()
  await page.goto(`/clients/${id}`)
  await settled(page)
  const timeline = page.locator('section', { has: page.getByRole('heading', { name: 'Historique' }) })
  await expect(timeline.getByText('Claire Fontaine a restauré le client')).toHaveCount(2)
})

test('several clients change status at once, and back at once', async ({ open }) => {
  const page = await open('administrator')
  for (const firstName of ['Anne', 'Basile', 'Colette'])
    await aClient(page, {
      lastName: 'Ensemble',
      firstName,
      email: `${firstName.toLowerCase()}.ensemble@example.com`,
    })
  await page.goto('/clients?q=ensemble')
  await settled(page)
  const rows = page.getByRole('row', { name: /Ensemble/ })
  await expect(rows).toHaveCount(3)
  await page.getByRole('checkbox', { name: /Tout sélectionner|Sélectionner tou/ }).click()
  const bar = page.getByRole('region', { name: /Sélection|sélection/ })
  await expect(bar).toContainText('3')
  expect(await axeViolations(page)).toEqual([])
  await bar.getByRole('button', { name: 'Changer le statut' }).click()
  await page
    .getByRole('menuitem', { name: 'Exclu' })
    .or(page.getByRole('menuitemcheckbox', { name: 'Exclu' }))
    .click()
  await expect(rows.filter({ hasText: 'Exclu' })).toHaveCount(3)
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect(rows.filter({ hasText: 'Prospect' })).toHaveCount(3)
})

test('an export holds exactly the list in sight, in its order, and is found again in the tray', async ({
  open,
}) => {
  const page = await open('direction')
  await page.goto('/clients?status=freemium&sort=-name')
  await settled(page)
  const shown = await everyEmail(page)
  await page.getByRole('button', { name: 'Exporter' }).click()
  const file = await downloadOf(page, page.getByRole('menuitem', { name: 'Fichier CSV' }))
  expect(file.name).toMatch(/^clients.*\.csv$/)
  expect(file.text).toMatch(/^\uFEFF/)
  expect(file.text.match(/[\w.-]+@example\.\w+/g)).toEqual(shown)

  await page.getByRole('button', { name: 'Tâches' }).click()
  const tray = page.getByRole('dialog', { name: 'Tâches' })
  await expect(tray.getByText('Export de clients').first()).toBeVisible()
  const again = await downloadOf(page, tray.getByRole('link', { name: 'Télécharger' }).first())
  expect(again.text).toBe(file.text)
})

test('from sign-in to a saved change without touching the mouse', async ({ open, faults }) => {
  faults.allow(/401/)
  const maker = await open('administrator')
  await aClient(maker, { lastName: 'Clavier', firstName: 'Paul', email: 'paul.clavier@example.com' })
  const page = await open('nobody')
  await page.goto('/')
  await expect(page.getByLabel('Adresse e-mail')).toBeFocused()
  await page.keyboard.type('compliance@example.com')
  await page.keyboard.press('Tab')
  await page.keyboard.type('demonstration-magestionpsy')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Compte de Nadège Rousseau' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Rechercher' })).toBeVisible()
  await page.keyboard.type('clavier paul')
  await expect(page.getByRole('option', { name: /Clavier/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Paul Clavier' })).toBeVisible()
  await reach(page, 'Modifier')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Nom', { exact: true })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Pauline')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Pauline Clavier' })).toBeVisible()
})

test('a list is worked by keys: arrows, x, Enter', async ({ open }) => {
  const page = await open('support')
  await page.goto('/clients')
  await settled(page)
  const first = page.getByRole('row').nth(1)
  await first.focus()
  await page.keyboard.press('ArrowDown')
  const second = page.getByRole('row').nth(2)
  await expect(second).toBeFocused()
  await page.keyboard.press('x')
  await expect(second).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(second).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}/)
})

/** Tabs until the focus is on what bears this name, as somebody without a mouse does. */
async function reach(page: Page, name: string | RegExp): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    const here = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    })
    if (typeof name === 'string' ? here === name : name.test(here)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${name}`)
}

/** The addresses of the whole list as the API gives it, page after page. */
async function everyEmail(page: Page): Promise<string[]> {
  const emails: string[] = []
  const query = new URL(page.url()).searchParams
  for (let after: string | null = null; after !== undefined;) {
    if (after) query.set('after', after)
    const response = await page.request.get(`/api/v1/clients?${query}`)
    const { rows, next } = (await response.json()) as { rows: { email: string }[]; next: string | null } // its contract
    emails.push(...rows.map(({ email }) => email))
    if (next === null) return emails
    after = next
  }
  return emails
}
