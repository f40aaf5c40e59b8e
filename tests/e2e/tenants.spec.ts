import { asAdmin } from './run/as-admin.ts'
import { aClient } from './run/clients.ts'
import { downloadOf } from './run/downloads.ts'
import { aPractice, practiceWhen } from './run/practices.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp, linkMailedTo } from './run/team.ts'
import { expect, test } from './run/test.ts'

test('a practice is opened from its client’s page, which says what will happen and shows it happen', async ({
  open,
}) => {
  const page = await open('administrator')
  const email = 'hortense.lambert@example.com'
  const { id } = await aClient(page, { firstName: 'Hortense', lastName: 'Lambert', email })
  await page.goto(`/clients/${id}`)
  await settled(page)
  const card = page.getByRole('region', { name: 'Espace du cabinet' })
  await expect(card.getByText('Ce client n’a pas d’espace.')).toBeVisible()
  await expect(card.getByText(`Une invitation est envoyée à ${email}`)).toBeVisible()
  await card.getByRole('button', { name: 'Ouvrir son espace' }).click()
  // Without a reload: what is done to it is told as it is done.
  await expect(card.getByText('Actif', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(card.getByText(/^1 personne · 1 invitation en attente/)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await linkMailedTo(page, email, '/invitation')).toContain('app.localhost')

  await card.getByRole('link', { name: 'Voir l’espace' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Espace du cabinet d’Hortense Lambert' }),
  ).toBeVisible()
  const members = page.getByRole('region', { name: 'Membres' })
  await expect(members.getByRole('listitem')).toContainText(/Hortense Lambert.*Praticien · titulaire/)
  await expect(page.getByRole('region', { name: 'Opérations' }).getByRole('listitem')).toContainText(
    /Ouverture.*Terminée/,
  )
})

test('what stands in the way of a space is said instead of offered', async ({ open }) => {
  const page = await open('administrator')
  const { id } = await aClient(page, {
    firstName: 'Octave',
    lastName: 'Refusé',
    email: 'octave.refuse@example.com',
    status: 'excluded',
  })
  await page.goto(`/clients/${id}`)
  await settled(page)
  const card = page.getByRole('region', { name: 'Espace du cabinet' })
  await expect(card.getByText('On ne peut pas lui en ouvrir : il est exclu.')).toBeVisible()
  await expect(card.getByRole('button')).toHaveCount(0)
})

test('a space is found by name, by state and by what is wrong, and each figure leads to its lines', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/tenants')
  await settled(page)
  const rows = page.getByRole('main').locator('tbody tr')
  await page
    .getByRole('navigation', { name: 'Espaces par état' })
    .getByRole('link', { name: /À surveiller/ })
    .click()
  await expect(page).toHaveURL(/alert=any/)
  await settled(page)
  const watched = await rows.count()
  expect(watched).toBeGreaterThan(0)
  for (const row of await rows.all()) await expect(row).toContainText(/Écart de schéma|Opération en échec/)
  await page.getByRole('button', { name: 'Retirer le filtre Alerte : À surveiller, toutes raisons' }).click()
  await page.getByRole('searchbox', { name: 'Rechercher un espace' }).fill('thouvenin')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('Cabinet de Mireille Thouvenin')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('thouvenin')
  await page.getByRole('option', { name: /Cabinet de Mireille Thouvenin/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Espace du cabinet de Mireille Thouvenin')
})

test('a suspended practice is shut with its reason in sight, and opened again by one click', async ({
  open,
  demonstration: { database },
}) => {
  const page = await open('administrator')
  const { id } = await aPractice(page, { firstName: 'Irène', lastName: 'Maillard' })
  await justSteppedUp(database)
  await page.goto(`/tenants/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Suspendre' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/Rien n’est effacé/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Suspendre' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Trois factures impayées')
  await dialog.getByRole('button', { name: 'Suspendre' }).click()
  await expect(page.getByText(/^Suspendu depuis le /)).toBeVisible()
  await expect(page.getByText('Trois factures impayées')).toBeVisible()
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Reprendre' }).click()
  await expect(page.getByText('L’espace du cabinet d’Irène Maillard est de nouveau ouvert')).toBeVisible()
  await expect(page.getByText(/^Suspendu depuis le /)).toHaveCount(0)
})

test('what failed last is tried again from where its reason stands', async ({
  open,
  demonstration: { database },
}) => {
  const page = await open('super_administrator')
  const { id } = await aPractice(page, { firstName: 'Odette', lastName: 'Perrin' })
  await asAdmin(
    database,
    `INSERT INTO tenant_works (tenant_id, kind, state, error_code, ended_at) VALUES ('${id}', 'backup', 'failed', 'interrupted', now())`,
  )
  await page.goto(`/tenants/${id}`)
  await settled(page)
  const failed = page.getByText('Opération en échec')
  await expect(failed).toBeVisible()
  const works = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Relancez-la' })
  await works.getByRole('button', { name: 'Relancer' }).click()
  await expect(failed).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Relancer' })).toHaveCount(0)
  const { works: done } = await practiceWhen(page, id, ({ work }) => work === null)
  expect(done[0]).toMatchObject({ kind: 'backup', state: 'done' })
})

test('a backup is restored beside, compared table by table and put in place; then all of it is destroyed, with a certificate', async ({
  open,
  demonstration: { database },
}) => {
  test.slow()
  const page = await open('super_administrator')
  const { id, name, databaseName } = await aPractice(page, { firstName: 'Basile', lastName: 'Corbin' })
  await justSteppedUp(database)
  await page.goto(`/tenants/${id}`)
  await settled(page)
  const backups = page.getByRole('region', { name: 'Sauvegardes' })
  await backups.getByRole('button', { name: 'Sauvegarder' }).click()
  await practiceWhen(page, id, (tenant) => tenant.backups.length === 1 && tenant.work === null)
  await backups.getByRole('button', { name: 'Restaurer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Un fichier supprimé par erreur')
  await dialog.getByRole('button', { name: 'Restaurer' }).click()
  await practiceWhen(page, id, ({ spares, work }) => spares.length === 1 && work === null)

  const spares = page.getByRole('region', { name: 'Bases à côté' })
  await spares.getByText('Comparer avec la base du cabinet').click()
  await expect(spares.getByText(/tables ont le même nombre de lignes/)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await spares.getByRole('button', { name: 'Basculer' }).click()
  await expect(dialog.getByRole('region', { name: 'Comparaison table par table' })).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Le cabinet le demande')
  await dialog.getByRole('button', { name: 'Basculer' }).click()
  await practiceWhen(page, id, (tenant) => tenant.databaseName !== databaseName && tenant.work === null)
  await expect(spares.getByText('Base remplacée')).toBeVisible()
  await expect(spares.getByText(databaseName)).toBeVisible()

  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Supprimer définitivement' }).click()
  await expect(dialog.getByText(/les factures émises au client/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Fin de contrat')
  const confirm = dialog.getByRole('button', { name: 'Supprimer définitivement' })
  await dialog.getByLabel(/^Pour confirmer/).fill('Cabinet de Basile')
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(/^Pour confirmer/).fill(name)
  await confirm.click()
  await practiceWhen(page, id, ({ state }) => state === 'purged')
  await expect(page.getByText(/^Supprimé définitivement le /)).toBeVisible()
  const certificate = await downloadOf(page, page.getByRole('link', { name: 'Télécharger le certificat' }))
  expect(certificate.text).toContain(databaseName)
  await page.screenshot({ path: 'screenshots/tenant-purged-1440.png', fullPage: true })
})

test('everything a practice holds leaves as one archive, with a reason, and is found again in the tray', async ({
  open,
  demonstration: { database },
}) => {
  const page = await open('compliance')
  await justSteppedUp(database)
  await page.goto('/tenants?q=thouvenin')
  await settled(page)
  await page.getByRole('button', { name: 'Actions pour Cabinet de Mireille Thouvenin' }).click()
  await page.getByRole('menuitem', { name: 'Exporter' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/données de santé/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Demande de portabilité')
  const file = await downloadOf(page, dialog.getByRole('button', { name: 'Exporter' }))
  expect(file.name).toMatch(/^espace-du-cabinet-\d{4}-\d\d-\d\d\.zip$/)
  expect(file.bytes.subarray(0, 2).toString()).toBe('PK')
  await page.getByRole('button', { name: 'Tâches' }).click()
  const tray = page.getByRole('listitem').filter({ hasText: 'Export d’un espace' })
  await expect(tray).toContainText('Cabinet de Mireille Thouvenin')
  await expect(tray.getByRole('link', { name: 'Télécharger' })).toBeVisible()
})

test('the fleet is one picture: versions, drift and the room of each cluster, which is changed beside it', async ({
  open,
  demonstration: { database },
}) => {
  const page = await open('technical_administrator', { viewport: { width: 390, height: 844 } })
  await justSteppedUp(database)
  await page.goto('/tenants/fleet')
  await settled(page)
  await expect(page.getByRole('region', { name: 'Espaces par version' })).toContainText(/Courante/)
  expect(await isTooWide(page)).toBe(false)
  await page.setViewportSize({ width: 1440, height: 900 })
  await settled(page)
  const row = page.getByRole('main').locator('tbody tr').filter({ hasText: 'main' })
  await row.hover()
  await row.getByRole('button', { name: 'Modifier' }).click()
  await page.getByLabel('Capacité').fill('480')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByText('Grappe modifiée')).toBeVisible()
  await expect(row).toContainText('sur 480')
  await page.getByRole('link', { name: /espaces?$/ }).click()
  await expect(page).toHaveURL(/alert=drifts/)
})

test('an auditor sees the spaces and is offered nothing to do with them', async ({ open }) => {
  const page = await open('auditor')
  await page.goto('/tenants?q=thouvenin')
  await settled(page)
  const main = page.getByRole('main')
  await expect(main.getByRole('button', { name: 'Ouvrir un espace' })).toHaveCount(0)
  await page.getByRole('link', { name: /Mireille Thouvenin/ }).click()
  await settled(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mireille Thouvenin')
  for (const act of ['Autres actions', 'Sauvegarder', 'Restaurer', 'Inviter'])
    await expect(main.getByRole('button', { name: act })).toHaveCount(0)
  await expect(main.getByRole('switch')).toHaveCount(0)
  await page.goto('/tenants/fleet')
  await settled(page)
  for (const act of ['Lancer la migration', 'Contrôler'])
    await expect(main.getByRole('button', { name: act })).toHaveCount(0)
})
