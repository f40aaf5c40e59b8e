import type { Page } from '@playwright/test'
import { downloadOf } from './run/downloads.ts'
import { aRole, gives, hired } from './run/roles.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const cell = (page: Page, role: string, permission: string) =>
  page.getByRole('checkbox', { name: `${role} : ${permission}`, exact: true })
const pending = (page: Page) => page.getByRole('region', { name: 'Changements à enregistrer' })

async function matrix(page: Page, to = '/roles'): Promise<void> {
  await page.goto(to)
  await settled(page)
}

test('a right is given in the matrix after a look at who gains it, and opens the page at once for who is there', async ({
  open,
  faults,
  demonstration: { database, server },
}) => {
  // Rights that changed give the session another token: what was asked with the former one is asked again.
  faults.allow(/403: GET/, /status of 403/, /401: GET/, /status of 401/)
  const top = await open('super_administrator')
  await justSteppedUp(database)
  const role = await aRole(top, ['clients.read'])
  const zita = await hired(top, { database, url: server.url }, 'Zita', role)
  const hers = await open('nobody', { storageState: zita.cookies })
  await hers.goto('/roles')
  await expect(hers.getByRole('heading', { level: 1 })).toHaveText(/accès/i)
  await expect(hers.getByRole('main')).toContainText('Voir les rôles et les droits')
  await expect(hers.getByRole('main')).toContainText(role.name ?? '')

  await matrix(top)
  await cell(top, role.name ?? '', 'Voir les rôles et les droits').click()
  await expect(pending(top)).toContainText('1 changement')
  await pending(top).getByRole('button', { name: 'Aperçu' }).click()
  const preview = top.getByRole('dialog', { name: 'Qui gagne et qui perd quoi' })
  await expect(preview).toContainText('1 personne gagne des droits, personne n’en perd')
  await expect(preview.getByRole('region', { name: 'Par personne' })).toContainText(zita.name)
  expect(await axeViolations(top)).toEqual([])
  await preview.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(preview).toBeHidden()
  await expect(pending(top)).toBeHidden()

  // Nobody reloads anything.
  await expect(hers.getByRole('heading', { level: 1 })).toHaveText('Rôles et droits')
  await expect(hers.getByRole('link', { name: 'Rôles et droits' })).toBeVisible()
  await settled(hers)
  await expect(cell(hers, role.name ?? '', 'Voir les rôles et les droits')).toBeChecked()

  await top.getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(top.getByText('Les rôles sont de nouveau comme avant')).toBeVisible()
  await expect(hers.getByRole('heading', { level: 1 })).toHaveText(
    'Votre rôle ne donne pas accès à cette page',
  )
  await expect(hers).toHaveURL('/roles')
})

test('who saves on a matrix that changed meanwhile keeps what they wanted, and is told', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/409/, /api\/v1\/events|ERR_FAILED|EventSource/)
  const [top, page] = [await open('super_administrator'), await open('administrator')]
  await justSteppedUp(database)
  const role = await aRole(top, [])
  // No news come in: the page believes what it read.
  await page.route('**/api/v1/events', (route) => route.abort())
  await matrix(page)
  await cell(page, role.name ?? '', 'Voir les clients').click()
  await gives(top, role, 'clients.write')
  await pending(page).getByRole('button', { name: 'Aperçu' }).click()
  const preview = page.getByRole('dialog')
  await preview.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(preview.getByRole('alert')).toContainText('Vos changements sont gardés')
  await expect(preview.getByRole('region', { name: 'Par rôle' })).toContainText('Voir les clients')
  await preview.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(preview).toBeHidden()
  await expect(cell(page, role.name ?? '', 'Voir les clients')).toBeChecked()
  await expect(cell(page, role.name ?? '', 'Créer et modifier des clients')).toBeChecked()
})

test('pending changes outlive somebody else’s save, and leaving the page asks first', async ({
  open,
  demonstration: { database },
}) => {
  const [top, page] = [await open('super_administrator'), await open('administrator')]
  await justSteppedUp(database)
  const role = await aRole(top, [])
  await matrix(page)
  await cell(page, role.name ?? '', 'Voir les clients').click()
  await gives(top, role, 'clients.write')
  await expect(page.getByText('Quelqu’un vient de modifier les rôles')).toBeVisible()
  await expect(cell(page, role.name ?? '', 'Créer et modifier des clients')).toBeChecked()
  await expect(pending(page)).toContainText('1 changement')
  await page.getByRole('link', { name: 'Clients', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Quitter sans enregistrer' })
  await question.getByRole('button', { name: 'Rester sur la page' }).click()
  await expect(pending(page)).toContainText('1 changement')
})

test('a role for a partner reaches one department, and its holder sees those clients alone', async ({
  open,
  demonstration: { database, server },
}) => {
  const top = await open('super_administrator')
  await justSteppedUp(database)
  await matrix(top)
  await top.getByRole('button', { name: 'Nouveau rôle' }).click()
  const dialog = top.getByRole('dialog', { name: 'Nouveau rôle' })
  await dialog.getByRole('button', { name: 'Créer le rôle' }).click()
  await expect(dialog).toContainText('Donnez un nom à ce rôle.')
  await dialog.getByLabel('Nom').fill('Partenaire de Moselle')
  await dialog.getByRole('combobox', { name: 'Partir des droits de' }).click()
  await top.getByRole('option', { name: 'Commercial' }).click()
  await dialog.getByRole('switch', { name: 'Limiter ce rôle' }).click()
  await expect(dialog).toContainText(
    'Non repris, car un rôle limité ne peut pas les avoir : Importer des clients',
  )
  await dialog.getByRole('button', { name: 'Créer le rôle' }).click()
  await expect(dialog).toContainText('Choisissez au moins un critère')
  await dialog.getByRole('combobox', { name: 'Ajouter un département' }).click()
  await top.getByRole('option', { name: '57 Moselle' }).click()
  await top.keyboard.press('Escape')
  expect(await axeViolations(top)).toEqual([])
  const [created] = await Promise.all([
    top.waitForResponse((response) => response.request().method() === 'POST' && response.ok()),
    dialog.getByRole('button', { name: 'Créer le rôle' }).click(),
  ])
  await expect(dialog).toBeHidden()
  await expect(top.getByRole('img', { name: 'Limité à : département 57' })).toBeVisible()
  // What knows no limits cannot be given to it, and says why.
  await expect(cell(top, 'Partenaire de Moselle', 'Importer des clients')).toHaveAccessibleDescription(
    /rôle limité/,
  )

  const { id } = (await created.json()) as { id: string }
  const partner = await hired(top, { database, url: server.url }, 'Nora', { id })
  const hers = await open('nobody', { storageState: partner.cookies })
  await hers.goto('/clients')
  await settled(hers)
  const departments = await hers
    .getByRole('row')
    .locator('td')
    .filter({ hasText: /^(\d\d|2[AB]|97\d)$/ })
    .allInnerTexts()
  expect(departments.length).toBeGreaterThan(0)
  expect(new Set(departments)).toEqual(new Set(['57']))
  await hers.getByRole('button', { name: `Compte de ${partner.name}` }).click()
  await expect(hers.getByRole('menu')).toContainText('Partenaire de Moselle')
})

test('who lacks a right reads which, who has it and whom to ask', async ({ open }) => {
  const page = await open('support')
  await page.goto('/roles')
  const main = page.getByRole('main')
  await expect(main).toContainText('Voir les rôles et les droits')
  await expect(main).toContainText('Ce rôle ne donne pas ce droit.')
  await expect(main).toContainText('Auditeur')
  const request = page.getByRole('link', { name: 'Demander ce droit' })
  const letter = new URL((await request.getAttribute('href')) ?? '')
  expect(letter.protocol).toBe('mailto:')
  expect(letter.searchParams.get('subject')).toContain('Voir les rôles et les droits')
  expect(letter.searchParams.get('body')).toContain('/roles')
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => isTooWide(page)).toBe(false)
})

test('the matrix is worked by keyboard, filtered, and locked where one may not change it', async ({
  open,
}) => {
  const page = await open('administrator')
  await matrix(page)
  const first = cell(page, 'Direction', 'Voir les clients')
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const reached = cell(page, 'Conformité', 'Créer et modifier des clients')
  await expect(reached).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(pending(page)).toBeHidden()
  await page.keyboard.press('Space')
  await expect(reached).not.toBeChecked()
  await expect(pending(page)).toContainText('1 changement')
  await page.keyboard.press('Space')
  await expect(pending(page)).toBeHidden()
  // The administrator's own role, the one above, and the top.
  for (const role of ['Administrateur', 'Administrateur technique', 'Super administrateur'])
    await expect(cell(page, role, 'Voir les clients')).toBeDisabled()
  await expect(cell(page, 'Direction', 'Lire les e-mails envoyés')).toHaveAccessibleDescription(
    /pas ce droit vous-même/,
  )

  await page.getByRole('searchbox', { name: 'Rechercher un droit' }).fill('corbeille')
  // The permission, and the heading of its module.
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Rechercher un droit' }).fill('rien de tel')
  await page.getByRole('button', { name: 'Tout afficher' }).click()
  await page.getByRole('switch', { name: 'Différences seulement' }).click()
  await expect(page).toHaveURL(/differences=1/)
  await expect(page.getByRole('button', { name: 'Lire les e-mails envoyés' })).toBeVisible()

  await page.getByRole('button', { name: 'Lire le journal d’audit' }).click()
  await expect(page.getByRole('dialog', { name: 'Qui peut faire cela' })).toContainText('Auditeur')
})

test('the matrix is exported as a table one can read', async ({ open }) => {
  const page = await open('auditor')
  await matrix(page)
  const { text } = await downloadOf(page, page.getByRole('button', { name: 'Exporter en CSV' }))
  const lines = text.trim().split('\r\n')
  expect(lines[0]).toContain('Super administrateur;Administrateur technique')
  expect(lines.find((line) => line.includes(';clients.trash;'))).toMatch(
    /^Clients;Mettre des clients à la corbeille;clients\.trash;oui;;oui;/,
  )
})

test('on a phone one role is shown at a time, and nothing scrolls sideways', async ({ open }) => {
  const page = await open('administrator', { viewport: { width: 390, height: 844 } })
  await matrix(page)
  await page.getByRole('combobox', { name: 'Rôle' }).click()
  await page.getByRole('option', { name: 'Commercial' }).click()
  await page.getByRole('switch', { name: 'Lire le journal d’audit' }).click()
  await expect(pending(page)).toContainText('1 changement')
  await expect.poll(() => isTooWide(page)).toBe(false)
  // A switch half below the header is only on its way.
  await page.evaluate(() => scrollTo(0, 0))
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('combobox', { name: 'Rôle' }).click()
  await page.getByRole('option', { name: 'Super administrateur' }).click()
  await expect(page.getByRole('main')).toContainText('rien ne s’y change')
  await expect.poll(() => isTooWide(page)).toBe(false)
})
