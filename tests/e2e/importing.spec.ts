import fs from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import type { Locator, Page } from '@playwright/test'
import { downloadOf } from './run/downloads.ts'
import { settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const file = path.join(rootDir, 'tests/data/clients-legacy.csv')
const expected = JSON.parse(
  fs.readFileSync(path.join(rootDir, 'tests/data/clients-legacy.expected.json'), 'utf8'),
) as { accepted: number; rejected: number }

test('the old system’s file is tried, imported, and adds nothing the second time', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/clients/import')
  await choose(page)
  await expect(page.getByText(/300 lignes · Windows-1252 · séparateur point-virgule/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Lisible/ })).not.toHaveCount(0)

  const tryIt = page.getByRole('button', { name: 'Lancer un essai' })
  await chooseColumn(page, 'Statut', 'Aucune colonne')
  await expect(page.getByText(/Obligatoire.: choisissez une colonne/)).toBeVisible()
  await expect(tryIt).toBeDisabled()
  await chooseColumn(page, 'Statut', 'Statut')
  await expect(tryIt).toBeEnabled()
  await tryIt.click()

  await expect(page.getByRole('heading', { level: 1, name: /Essai terminé/ })).toBeVisible()
  await expect(figure(page, 'Acceptées')).toHaveText('251')
  await expect(figure(page, 'Rejetées')).toHaveText('49')
  expect(JSON.parse(await report(page)), 'the report of the trial').toEqual(expected)
  const rejected = await downloadOf(page, page.getByRole('link', { name: 'Télécharger les lignes rejetées' }))
  expect(rejected.name).toBe('clients-legacy.rejets.csv')
  expect(rejected.text.match(/;(email|status|siret|rpps|date|department|last_name)_\w+;/g)).toHaveLength(49)
  const listed = page.getByRole('table').getByRole('row')
  await expect(listed).toHaveCount(1 + 49)
  await expect(listed.nth(1)).toContainText(/\d+.*@?.*(manque|valable|connu|existe|figure)/)
  const before = await total(page)

  await page.getByRole('button', { name: 'Importer 251 clients' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import terminé' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Voir les clients' })).toHaveCount(1)
  expect(JSON.parse(await report(page)), 'the report of the import').toEqual(expected)
  expect(await total(page)).toBe(before + 251)

  await page.getByRole('link', { name: 'Choisir un autre fichier' }).click()
  await choose(page)
  await tryIt.click()
  await expect(figure(page, 'Acceptées')).toHaveText('0')
  const reason = page.getByRole('listitem').filter({ hasText: 'Un client a déjà cette adresse e-mail' })
  await expect(reason).toContainText('251')
  await expect(page.getByRole('heading', { level: 1, name: 'Rien à importer' })).toBeVisible()
  await expect(page.getByText('… et 100 autres dans le fichier des rejets.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Choisir un autre fichier' })).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Importer/ })).toHaveCount(0)
  expect(await total(page)).toBe(before + 251)
})

test('a file that is no list of clients is refused in place, and another one can be tried', async ({
  open,
  faults,
}) => {
  faults.allow(/422|413|400|415/)
  const page = await open('administrator')
  await page.goto('/clients/import')
  await settled(page)
  await choose(page, {
    name: 'photo.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('PK\u0003\u0004\u0000\u0000', 'latin1'),
  })
  await expect(page.getByRole('alert')).toContainText('Ce fichier n’est pas du texte')
  await choose(page)
  await expect(page.getByRole('button', { name: 'Lancer un essai' })).toBeEnabled()
})

async function choose(page: Page, what: Parameters<Locator['setInputFiles']>[0] = file): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(what)
}

async function chooseColumn(page: Page, field: string, heading: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: heading, exact: true }).click()
}

/** The number on a card with this title. */
function figure(page: Page, title: string): Locator {
  return page
    .locator('section', { has: page.getByRole('heading', { name: title }) })
    .locator('p')
    .first()
}

async function report(page: Page): Promise<string> {
  return (await downloadOf(page, page.getByRole('link', { name: 'Rapport complet (JSON)' }))).text
}

async function total(page: Page): Promise<number> {
  const response = await page.request.get('/api/v1/clients/totals')
  return ((await response.json()) as { total: number }).total // as its contract says
}
