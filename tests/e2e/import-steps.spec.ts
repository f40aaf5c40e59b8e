import path from 'node:path'
import type { Page } from '@playwright/test'
import { rootDir } from '#platform/server/config.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const legacy = path.join(rootDir, 'tests/data/clients-legacy.csv')
const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const file = (page: Page) => page.locator('input[type=file]')
const tryIt = (page: Page) => page.getByRole('button', { name: 'Lancer un essai' })
const tried = (page: Page) => page.getByRole('heading', { level: 1, name: /Essai terminé/ })

test('a file whose headings nobody knows is imported once its columns are named', async ({ open }) => {
  const page = await open('sales')
  await page.goto('/clients/import')
  const address = `ines.${Date.now()}@example.com`
  await file(page).setInputFiles(csv('liste.csv', `Patronyme,Contact,Statut\nMartin,${address},Client\n`))
  await expect(tryIt(page)).toBeDisabled()
  await expect(page.getByText(/Obligatoire.: choisissez une colonne/)).toHaveCount(2)
  for (const [field, heading] of [
    ['Nom', 'Patronyme'],
    ['E-mail', 'Contact'],
  ] as const) {
    await page.getByRole('combobox', { name: field, exact: true }).click()
    await page.getByRole('option', { name: heading }).click()
  }
  await expect(page.getByRole('row', { name: new RegExp(`Martin.*Lisible.*${address}`) })).toBeVisible()
  await tryIt(page).click()
  await page.getByRole('button', { name: 'Importer 1 client' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import terminé' })).toBeVisible()
})

test('a run is left, and its result found again in the job tray', async ({ open }) => {
  const page = await open('sales')
  await page.goto('/clients/import')
  await file(page).setInputFiles(legacy)
  await tryIt(page).click()
  await expect(tried(page)).toBeVisible()
  await page.goto('/clients/import')
  await page.getByRole('button', { name: /Tâches/ }).click()
  await page.getByRole('link', { name: 'Voir le résultat' }).first().click()
  await expect(tried(page)).toBeVisible()
})

for (const theme of ['day', 'night'] as const) {
  for (const width of [1440, 390]) {
    test(`every step is accessible and no wider than ${width} px, by ${theme}`, async ({ open, faults }) => {
      faults.allow(/422/)
      const page = await open('sales', { viewport: { width, height: 900 } })
      await page.addInitScript((chosen) => localStorage.setItem('mgp.theme', chosen), theme)
      const look = async (step: string) => {
        await settled(page)
        expect.soft(await axeViolations(page), `axe on ${step}`).toEqual([])
        expect.soft(await isTooWide(page), `${step} is wider than the screen`).toBe(false)
        const name = `clients-import-${step}-${theme}-${width}.png`
        await page.screenshot({ path: path.join(rootDir, 'screenshots', name), fullPage: true })
      }
      await page.goto('/clients/import')
      await file(page).setInputFiles(csv('vide.csv', ''))
      await expect(page.getByRole('alert')).toContainText('Le fichier est vide.')
      await look('refused')
      await file(page).setInputFiles(legacy)
      await expect(page.getByText('300 lignes')).toBeVisible()
      await look('columns')
      await tryIt(page).click()
      await expect(tried(page)).toBeVisible()
      await look('result')
    })
  }
}
