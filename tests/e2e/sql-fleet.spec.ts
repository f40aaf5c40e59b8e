/** One text of the SQL console through many practices: it fills up as it goes, and who does otherwise stands out. */
import pg from 'pg'
import { asAdmin } from './run/as-admin.ts'
import { somePractices } from './run/practices.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test.use({ apart: true })

async function inside(adminUrl: string, database: string, text: string): Promise<void> {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  const client = new pg.Client(url.href)
  await client.connect()
  await client.query(text).finally(() => client.end())
}

test('a simulation goes through twenty practices, and the one that does otherwise is told with what', async ({
  open,
  demonstration: { database },
}) => {
  test.slow()
  await asAdmin(database, 'TRUNCATE tenants CASCADE')
  const page = await open('super_administrator')
  const practices = await somePractices(
    page,
    Array.from('abcdefghijklmnopqrst', (letter) => ({ firstName: 'Nina', lastName: `Ravel${letter}` })),
  )
  const other = practices[11]!
  await inside(
    database.adminUrl,
    other.databaseName,
    "INSERT INTO origins (name) VALUES ('Bouche à oreille')",
  )

  await page.goto('/sql/fleets')
  await settled(page)
  await page.getByRole('main').getByRole('link', { name: 'Envoyer à plusieurs cabinets' }).first().click()
  await expect(page.getByText('Tous les cabinets (20)')).toBeVisible()
  await page.getByLabel('Simuler').check()
  await page.getByLabel('Texte').fill("INSERT INTO origins (name) VALUES ('Bouche à oreille')")
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(viewport)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.screenshot({ path: `screenshots/sql-fleet-send-${viewport.width}.png`, fullPage: true })
  }
  await page.getByRole('button', { name: 'Simuler dans ces cabinets' }).click()

  await expect(page).toHaveURL(/\/sql\/fleets\/[0-9a-f-]{36}$/)
  const main = page.getByRole('main')
  // Without a reload.
  await expect(main.getByText('Terminée')).toBeVisible({ timeout: 60_000 })
  const squares = main.getByRole('list', { name: 'Cabinets' })
  await expect(squares.getByRole('listitem')).toHaveCount(20)
  await expect(squares.getByRole('button', { name: /comme les autres/ })).toHaveCount(19)
  const flagged = main.getByRole('region', { name: '1 cabinet à regarder' })
  await expect(flagged).toContainText(other.name)
  await expect(flagged).toContainText('Échoue ici, réussit ailleurs.')
  await expect(flagged).toContainText('origins_name')
  await squares.getByRole('button', { name: new RegExp(other.name) }).click()
  await expect(main.getByText('duplicate key value violates unique constraint')).toBeVisible()
  for (const scheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ]) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme: scheme })
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
      await page.screenshot({ path: `screenshots/sql-fleet-${viewport.width}-${scheme}.png`, fullPage: true })
    }
})
