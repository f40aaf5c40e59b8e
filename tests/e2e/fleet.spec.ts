/** What is done to the house itself: a release that changes every practice's database, and a second cluster to move to. */
import path from 'node:path'
import pg from 'pg'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getFleet } from '#contract/tenancy'
import { rootDir } from '#platform/server/config.ts'
import { asAdmin } from './run/as-admin.ts'
import { mgp } from './run/command-line.ts'
import { aPractice, practiceWhen } from './run/practices.ts'
import { axeViolations, settled } from './run/screens.ts'
import { secondCluster } from './run/second-cluster.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test as base } from './run/test.ts'

const test = base.extend<object, { annexe: string }>({
  // For as long as the server that knows it.
  annexe: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, hand) => {
      const { adminUrl, end } = await secondCluster()
      await hand(adminUrl)
      end()
    },
    { scope: 'worker' },
  ],
})
test.use({ apart: true })
test.describe.configure({ mode: 'default' })

const nextRelease = path.join(rootDir, 'tests/harness/next-release.ts')

test('a practice is moved to another cluster from its page, with what it held; where it was stays beside for a week', async ({
  open,
  annexe,
  demonstration: { server, database },
}) => {
  test.slow()
  const page = await open('super_administrator')
  const { id, databaseName, cluster } = await aPractice(page, { firstName: 'Sidonie', lastName: 'Vasseur' })
  await mgp({ ...database, dataDir: server.dataDir }, 'tenants', 'clusters', 'add', 'annexe', annexe)
  await justSteppedUp(database)
  await page.goto(`/tenants/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Déménager' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/le cabinet peut lire et non écrire/)).toBeVisible()
  await expect(dialog.getByText(/^annexe · \d+ places libres/)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Déménager' }).click()
  const moved = await practiceWhen(page, id, (tenant) => tenant.cluster === 'annexe' && tenant.work === null)
  expect(moved).toMatchObject({ state: 'active', spares: [{ origin: 'moved', databaseName, cluster }] })
  // Without a reload.
  await expect(page.getByRole('main').getByText('annexe', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Opérations' }).getByRole('listitem').first()).toContainText(
    /Déménagement.*Terminée/,
  )
  await expect(page.getByRole('region', { name: 'Bases à côté' }).getByText(databaseName)).toBeVisible()
  await page.screenshot({ path: 'screenshots/tenant-moved-1440.png', fullPage: true })
})

test('the next release brings every practice’s database up from the page of the fleet, seen wave by wave; who is reading is waited for', async ({
  open,
  demonstration: { server, database },
}) => {
  test.slow()
  // The databases of these are shared with every other journey's server.
  await asAdmin(database, 'TRUNCATE tenants CASCADE')
  const page = await open('super_administrator')
  const canary = await aPractice(page, { firstName: 'Agathe', lastName: 'Noël' })
  const others = []
  for (const lastName of ['Pons', 'Roux', 'Tanguy'])
    others.push(await aPractice(page, { firstName: 'Lucien', lastName }))
  await justSteppedUp(database)
  await page.goto(`/tenants/${canary.id}`)
  await page.getByRole('switch', { name: /^Éclaireur/ }).click()
  await expect(page.getByText('Espace choisi comme éclaireur')).toBeVisible()
  await page.goto('/tenants/fleet')
  await settled(page)
  const versions = page.getByRole('region', { name: 'Espaces par version' })
  const start = page.getByRole('button', { name: 'Lancer la migration' })
  await expect(versions).toContainText('Courante')
  await expect(versions).not.toContainText('En retard')
  await expect(start).toHaveCount(0)

  await page.goto('about:blank')
  await server.stop()
  await server.start(nextRelease)
  await page.goto('/tenants/fleet')
  await settled(page)
  await expect(versions).toContainText('En retard')
  const reader = await readingIn(database.adminUrl, others[0]!.databaseName)
  await start.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('4 espaces sont concernés')
  await expect(dialog).toContainText('colours')
  await dialog.getByRole('button', { name: 'Lancer la migration' }).click()

  const migration = page.getByRole('region', { name: /^Migration vers la v/ })
  const wave = (name: string) => migration.getByRole('listitem').filter({ hasText: name })
  await expect(migration.getByText('En cours')).toBeVisible()
  await expect(wave('Éclaireurs')).toContainText('1 sur 1')
  await expect(migration.getByRole('button', { name: 'Arrêter' })).toBeVisible()
  await page.screenshot({ path: 'screenshots/fleet-migrating-1440.png', fullPage: true })
  await reader.end()
  await expect(migration.getByText('Terminée')).toBeVisible({ timeout: 60_000 })
  for (const name of ['Un sur cent', 'Un sur dix', 'Les autres'])
    await expect(wave(name)).toContainText('1 sur 1')
  await expect(versions).not.toContainText('En retard')
  await expect(start).toHaveCount(0)
  const { currentVersion, latest } = getFleet.output.parse(
    await (await page.request.get(addressOf(getFleet))).json(),
  )
  expect(latest?.failures).toEqual([])
  for (const { id } of [canary, ...others])
    await practiceWhen(page, id, ({ schemaVersion }) => schemaVersion === currentVersion)
  expect(await axeViolations(page)).toEqual([])
})

/** Somebody in the middle of reading, who is not waited for for ever: less than the patience of a migration. */
async function readingIn(adminUrl: string, databaseName: string): Promise<pg.Client> {
  const url = new URL(adminUrl)
  url.pathname = `/${databaseName}`
  const client = new pg.Client(url.href)
  await client.connect()
  await client.query('BEGIN; SELECT FROM practice')
  return client
}
