/** One text of the SQL console through many practices: simulated in all of them, and executed in those it was approved for. */
import type { Page } from '@playwright/test'
import pg from 'pg'
import type { Tenant } from '#contract/tenancy'
import { asAdmin } from './run/as-admin.ts'
import { somePractices } from './run/practices.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

test.use({ apart: true })

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }
const main = (page: Page) => page.getByRole('main')
const editor = (page: Page) => page.getByRole('textbox', { name: 'Texte SQL' })

async function inside(adminUrl: string, { databaseName }: Tenant, text: string): Promise<pg.QueryResult> {
  const url = new URL(adminUrl)
  url.pathname = `/${databaseName}`
  const client = new pg.Client(url.href)
  await client.connect()
  return client.query(text).finally(() => client.end())
}

/** One journey's are not another's: the same server may have seen both. */
const practicesOf = (page: Page, firstName: string, letters: string) =>
  somePractices(
    page,
    Array.from(letters, (letter) => ({ firstName, lastName: `Ravel${letter}` })),
  )

/** In the place of what stands there; the parser has looked at it. */
async function write(page: Page, text: string) {
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
}

/** By day and by night, on a telephone and on a desk. */
async function isFit(page: Page, name: string) {
  const before = page.viewportSize() ?? desk
  for (const colorScheme of ['dark', 'light'] as const)
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
      const path = `screenshots/sql-fleet-${name}-${viewport.width}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
    }
  await page.setViewportSize(before)
}

/** Each is begun by whoever does such work, and takes a connection, a simulation and its commit. */
const inManyDatabases = { timeout: 60_000 }

/** It is through with all of them, without a reload. */
const isThrough = (page: Page) => expect(main(page).getByText('Terminée')).toBeVisible(inManyDatabases)

test('a simulation goes through twenty practices, and the one that does otherwise is told with what', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  test.slow()
  // A text that is refused.
  faults.allow(/409.*\/sql\/fleets\/simulations/)
  await asAdmin(database, 'TRUNCATE tenants CASCADE')
  const page = await open('super_administrator')
  const practices = await practicesOf(page, 'Nina', 'abcdefghijklmnopqrst')
  const other = practices[11]!
  await inside(database.adminUrl, other, "INSERT INTO origins (name) VALUES ('Bouche à oreille')")

  await page.goto('/sql/fleets')
  await settled(page)
  await main(page).getByRole('link', { name: 'Envoyer à plusieurs cabinets' }).first().click()
  const all = page.getByRole('checkbox', { name: 'Tous les cabinets (20)' })
  await expect(all).toBeChecked()
  await expect(page.getByRole('button', { name: 'Lire dans les 20 cabinets' })).toBeVisible()
  const first = page.getByRole('checkbox', { name: practices[0]!.name })
  await expect(first).toBeChecked()
  await first.uncheck()
  await expect(all).not.toBeChecked()
  await expect(page.getByRole('button', { name: 'Lire dans les 19 cabinets' })).toBeVisible()
  await all.check()
  await page.getByLabel('Simuler').check()

  await test.step('what one of them holds is proposed, and what is refused is marked at its place', async () => {
    await expect(main(page).getByText(/^Propositions d’après/)).toBeVisible()
    await editor(page).click()
    await page.keyboard.type('SELECT name FROM origi')
    await page.keyboard.press('ControlOrMeta+Space')
    await page
      .getByRole('listbox', { name: 'Propositions' })
      .getByRole('option', { name: /^origins/ })
      .click()
    await expect(editor(page)).toContainText('FROM origins')
    await write(page, "SELECT pg_read_file('/etc/passwd')")
    await page.getByRole('button', { name: /^Simuler dans les/ }).click()
    await expect(main(page).getByText('pg_read_file lit ou écrit des fichiers du serveur.')).toBeVisible()
    await expect(page.locator('.cm-lintRange-error')).toHaveText('pg_read_file')
    await isFit(page, 'refused')
  })

  await write(page, "INSERT INTO origins (name) VALUES ('Bouche à oreille')")
  await page.getByRole('button', { name: /^Simuler dans les/ }).click()

  await expect(page).toHaveURL(/\/sql\/fleets\/[0-9a-f-]{36}$/)
  await isThrough(page)
  const squares = main(page).getByRole('list', { name: 'Cabinets' })
  await expect(squares.getByRole('listitem')).toHaveCount(20)
  await expect(squares.getByRole('button', { name: /comme les autres/ })).toHaveCount(19)
  const flagged = main(page).getByRole('region', { name: '1 cabinet à regarder' })
  await expect(flagged).toContainText(other.name)
  await expect(flagged).toContainText('Échoue ici, réussit ailleurs.')
  await expect(flagged).toContainText('origins_name')
  await squares.getByRole('button', { name: new RegExp(other.name) }).click()
  await expect(main(page).getByText('duplicate key value violates unique constraint')).toBeVisible()
  await isFit(page, 'simulated')
})

const renaming = "UPDATE origins SET name = $1 WHERE name = 'Ancien nom'"
const names = "SELECT name FROM origins WHERE name IN ('Ancien nom', 'Nouveau nom')"

/** From the console's own tab to a simulation in all practices. */
async function simulates(page: Page) {
  await page.goto('/sql')
  await settled(page)
  await write(page, renaming)
  await page.getByRole('textbox', { name: 'Paramètre $1' }).fill('Nouveau nom')
  await page.getByRole('combobox', { name: 'Cible' }).click()
  await page.getByRole('option', { name: /^Plusieurs cabinets/ }).click()
  await expect(page).toHaveURL(/\/sql\/fleets\/new/)
  await expect(editor(page)).toContainText('UPDATE origins')
  await expect(page.getByRole('textbox', { name: 'Paramètre $1' })).toHaveValue('Nouveau nom')
  await page.getByLabel('Simuler').check()
  await page.getByRole('button', { name: /^Simuler dans les/ }).click()
  await isThrough(page)
}

/** @returns the open question, with its reason given */
async function askingFor(page: Page, reason: string) {
  await page.getByRole('button', { name: 'Demander l’exécution' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Motif').fill(reason)
  return form
}

async function approves(page: Page, remark: string, reads?: (page: Page) => Promise<void>) {
  await page.goto('/sql/requests')
  await settled(page)
  await expect(
    main(page).getByText('Une exécution dans plusieurs cabinets attend une approbation'),
  ).toBeVisible()
  await main(page).getByRole('link', { name: 'Voir' }).click()
  await reads?.(page)
  await page.getByRole('button', { name: 'Approuver' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Remarque').fill(remark)
  await form.getByRole('button', { name: 'Approuver' }).click()
  await expect(main(page).getByText('Approuvée par')).toBeVisible()
}

async function begins(page: Page) {
  await page.getByRole('button', { name: 'Exécuter' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Exécuter' }).click()
}

async function nextWave(page: Page) {
  await page.getByRole('button', { name: 'Lancer la vague suivante' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lancer la vague suivante' }).click()
}

test('what was simulated in many practices is asked for, approved by somebody else, and executed in one, then in waves to the end', async ({
  open,
  demonstration: { database },
}) => {
  test.slow()
  await asAdmin(database, 'TRUNCATE tenants CASCADE')
  const author = await open('super_administrator')
  const second = await open('technical_administrator', { viewport: phone })
  const practices = await practicesOf(author, 'Lise', 'abcdef')
  const [, canary, , , , without] = practices
  if (!canary || !without) throw new Error('six were opened')
  for (const practice of practices)
    if (practice !== without)
      await inside(database.adminUrl, practice, "INSERT INTO origins (name) VALUES ('Ancien nom')")

  await simulates(author)
  await justSteppedUp(database)
  await test.step('its execution is asked for where it would change something, and not by whoever approves', async () => {
    const form = await askingFor(author, 'Origine renommée à la demande du support')
    await expect(form.getByText('5 retenus, 1 écarté')).toBeVisible()
    await expect(form.getByRole('checkbox', { name: `Exécuter dans ${without.name}` })).not.toBeChecked()
    await form.getByRole('combobox', { name: 'Cabinet éclaireur' }).click()
    await author.getByRole('option', { name: canary.name }).click()
    expect(await axeViolations(author, '[role="dialog"]')).toEqual([])
    await author.screenshot({ path: 'screenshots/sql-fleet-ask-1440.png' })
    await form.getByRole('button', { name: 'Demander l’exécution' }).click()
    await expect(main(author).getByText('Quelqu’un d’autre doit approuver')).toBeVisible()
    await expect(author.getByRole('button', { name: 'Approuver' })).toHaveCount(0)
    await isFit(author, 'asked')
  })

  await test.step('somebody else reads what it would do, on a telephone, and agrees', async () => {
    await approves(second, 'Vu avec le support', async (page) => {
      await expect(page.getByRole('heading', { name: 'Exécution demandée dans 5 cabinets' })).toBeVisible()
      const inFirst = main(page)
        .getByRole('region', { name: 'Lignes qui changeraient, cabinet par cabinet' })
        .getByRole('article', { name: canary.name })
      await expect(inFirst.locator('del')).toContainText('Ancien nom')
      await expect(inFirst.locator('ins')).toContainText('Nouveau nom')
    })
    // Without a reload.
    await expect(main(author).getByText('« Vu avec le support »')).toBeVisible()
  })

  const waves = main(author).getByRole('region', { name: 'Vagues' })
  await test.step('one practice goes first, and the next wave waits', async () => {
    await justSteppedUp(database)
    await begins(author)
    await expect(main(author).getByText('Vague 1 terminée, la suivante attend')).toBeVisible(inManyDatabases)
    await expect(
      waves.getByRole('list', { name: 'Cabinets de la vague 1' }).getByRole('button', {
        name: `${canary.name} · exécuté`,
      }),
    ).toBeVisible()
    await expect(waves.getByRole('button', { name: /· exécuté$/ })).toHaveCount(1)
    await expect(waves.getByRole('button', { name: `${without.name} · écarté à la demande` })).toBeVisible()
    await isFit(author, 'paused')
  })

  await test.step('then one in ten, then the others', async () => {
    await justSteppedUp(database)
    await nextWave(author)
    await expect(main(author).getByText('Vague 2 terminée, la suivante attend')).toBeVisible(inManyDatabases)
    await expect(waves.getByRole('button', { name: /· exécuté$/ })).toHaveCount(2)
    await nextWave(author)
    await expect(main(author).getByText('Exécutée dans 5 cabinets')).toBeVisible(inManyDatabases)
    await expect(waves.getByRole('button', { name: /· exécuté$/ })).toHaveCount(5)
    await expect(main(second).getByText('Exécutée dans 5 cabinets')).toBeVisible()
    for (const practice of practices)
      expect((await inside(database.adminUrl, practice, names)).rows).toEqual(
        practice === without ? [] : [{ name: 'Nouveau nom' }],
      )
  })

  await test.step('each has an execution of its own, by which it is undone', async () => {
    await waves.getByRole('button', { name: `${canary.name} · exécuté` }).click()
    await expect(main(author).getByText('Exécuté comme approuvé')).toBeVisible()
    await isFit(author, 'executed')
    await main(author).getByRole('link', { name: 'Voir et annuler' }).click()
    await expect(author).toHaveURL(/\/sql\/requests\/[0-9a-f-]{36}$/)
    await expect(author.getByRole('button', { name: 'Simuler le retour en arrière' })).toBeVisible()
  })

  await test.step('and the list tells where it stands', async () => {
    await author.goto('/sql/fleets?execution=executed')
    await expect(main(author).getByRole('row', { name: /UPDATE origins/ })).toContainText('Exécutée')
    await isFit(author, 'list')
  })
})

test('an execution stops at the first practice in which it would do something else, and goes on without it', async ({
  open,
  demonstration: { database },
}) => {
  test.slow()
  await asAdmin(database, 'TRUNCATE tenants CASCADE')
  const author = await open('super_administrator')
  const second = await open('technical_administrator')
  const practices = await practicesOf(author, 'Marc', 'abcd')
  for (const practice of practices)
    await inside(database.adminUrl, practice, "INSERT INTO origins (name) VALUES ('Ancien nom')")
  await simulates(author)
  await justSteppedUp(database)
  const form = await askingFor(author, 'Origine renommée à la demande du support')
  await form.getByRole('checkbox', { name: 'Enchaîner les vagues sans attendre' }).check()
  await form.getByRole('button', { name: 'Demander l’exécution' }).click()
  await approves(second, 'Vu avec le support')

  // By now somebody has renamed it there themselves.
  const drifting = practices[2]!
  await inside(database.adminUrl, drifting, "UPDATE origins SET name = 'Autre' WHERE name = 'Ancien nom'")
  const waves = main(author).getByRole('region', { name: 'Vagues' })
  await test.step('nothing is kept where it drifts, and nobody comes after it', async () => {
    await begins(author)
    await expect(main(author).getByText('Arrêtée après 2 cabinets exécutés sur 4')).toBeVisible(
      inManyDatabases,
    )
    const amiss = main(author).getByRole('region', { name: '1 cabinet où l’exécution n’a pas abouti' })
    await expect(amiss).toContainText(drifting.name)
    await expect(amiss).toContainText(/Attendu\s: 1 ligne modifiée\s; constaté\s: aucune ligne/)
    await expect(waves.getByRole('button', { name: `${drifting.name} · écart` })).toBeVisible()
    await expect(waves.getByRole('button', { name: /· à venir$/ })).toHaveCount(1)
    expect((await inside(database.adminUrl, practices[3]!, names)).rows).toEqual([{ name: 'Ancien nom' }])
    await isFit(author, 'stopped')
  })

  await test.step('it goes on without that practice', async () => {
    await justSteppedUp(database)
    await author.getByRole('button', { name: 'Reprendre', exact: true }).click()
    const dialog = author.getByRole('dialog')
    await expect(dialog.getByRole('checkbox', { name: `Laisser de côté ${drifting.name}` })).toBeChecked()
    expect(await axeViolations(author, '[role="dialog"]')).toEqual([])
    await dialog.getByRole('button', { name: 'Reprendre' }).click()
    await expect(main(author).getByText('Exécutée dans 3 cabinets')).toBeVisible(inManyDatabases)
    // What is said of it holds for those three, wherever it is said.
    await expect(author.getByRole('heading', { name: 'Exécution dans 3 cabinets' })).toBeVisible()
    await expect(waves).toContainText(/En tout\s: 3 lignes modifiées dans origins/)
    await expect(waves).toContainText('1 laissé de côté')
    for (const practice of practices)
      expect((await inside(database.adminUrl, practice, names)).rows).toEqual(
        practice === drifting ? [] : [{ name: 'Nouveau nom' }],
      )
  })
})
