import type { Page } from '@playwright/test'
import { asAdmin } from './run/as-admin.ts'
import { aPractice } from './run/practices.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

const editor = (page: Page) => page.getByRole('textbox', { name: 'Texte SQL' })
const main = (page: Page) => page.getByRole('main')

/** In the place of what stands there; the parser has looked at it. */
async function write(page: Page, text: string) {
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
}

async function isFit(page: Page) {
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  }
}

async function asks(page: Page, reason: string) {
  await page.getByRole('button', { name: 'Demander l’exécution' }).click()
  const form = page.getByRole('dialog')
  await expect(form.getByRole('button', { name: 'Demander l’exécution' })).toBeDisabled()
  await form.getByLabel('Motif').fill(reason)
  await form.getByLabel('Ticket').fill('#33')
  expect(await axeViolations(page, '[role="dialog"]')).toEqual([])
  await form.getByRole('button', { name: 'Demander l’exécution' }).click()
  // The page of another request may be what one comes from.
  await expect(page.getByRole('heading', { level: 1 })).toContainText(reason)
  await expect(page).toHaveURL(/\/sql\/requests\/[0-9a-f-]{36}$/)
}

async function approves(page: Page, address: string) {
  await page.goto(address)
  await page.getByRole('button', { name: 'Approuver' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Remarque').fill('Vu avec l’équipe')
  await form.getByRole('button', { name: 'Approuver' }).click()
  await expect(main(page).getByText('Approuvée par')).toBeVisible()
}

async function executes(page: Page) {
  await page.getByRole('button', { name: 'Exécuter' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Exécuter' }).click()
  await expect(main(page).getByText('Retour en arrière possible')).toBeVisible()
}

/** What the tags are called now, read in the console, which shows what was read before until the answer is there. */
async function tagsAre(page: Page, names: string[]) {
  await page.goto('/sql')
  await settled(page)
  await write(page, `SELECT name FROM support_tags WHERE name LIKE 'ancien %' ORDER BY name`)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('grid').getByRole('gridcell')).toHaveText(names)
}

test('what a text would change is seen first, asked for, approved by somebody else, executed as it was seen, and undone', async ({
  open,
  demonstration: { database },
}) => {
  await asAdmin(database, `INSERT INTO support_tags (name) VALUES ('ancien agenda'), ('ancien fisc')`)
  const author = await open('super_administrator')
  const second = await open('technical_administrator', { viewport: phone })
  await author.goto('/sql')
  await settled(author)

  await test.step('an empty console says what it is for', async () => {
    await expect(main(author).getByText('Base centrale').first()).toBeVisible()
    await isFit(author)
  })

  await test.step('what the target holds is proposed: tables, and behind an alias its columns', async () => {
    const proposed = author.getByRole('listbox', { name: 'Propositions' })
    await editor(author).click()
    await author.keyboard.type('SELECT t.name FROM support_ta')
    await author.keyboard.press('ControlOrMeta+Space')
    await proposed.getByRole('option', { name: /^support_tags/ }).click()
    await expect(editor(author)).toContainText('FROM support_tags')
    await author.keyboard.type(' t WHERE t.')
    await expect(proposed.getByRole('option', { name: /^name/ })).toBeVisible()
    await expect(proposed.getByRole('option', { name: /^clients/ })).toHaveCount(0)
  })

  await test.step('keys open tabs, go from one to the other and close them, from within the text', async () => {
    const tabs = author
      .getByRole('navigation', { name: 'Onglets' })
      .getByRole('button', { name: /^(SELECT|Requête)/ })
    await author.keyboard.press('Alt+n')
    await author.keyboard.insertText('SELECT 2 AS second')
    await expect(tabs.filter({ hasText: 'SELECT 2 AS second' })).toHaveAttribute('aria-current', 'true')
    await author.keyboard.press('Alt+PageUp')
    await expect(tabs.filter({ hasText: 'SELECT 2 AS second' })).not.toHaveAttribute('aria-current', 'true')
    await author.keyboard.press('Alt+PageDown')
    await author.keyboard.press('Alt+x')
    await expect(author.getByRole('button', { name: /^Fermer/ })).toHaveCount(0)
    await author.keyboard.press('Alt+c')
    await expect(author.getByRole('combobox', { name: 'Cible' })).toBeFocused()
    await author.keyboard.press('Escape')
  })

  await test.step('what stands for $1 is filled in beside the text, and nothing is not NULL', async () => {
    await write(author, 'SELECT id, name, $1::text AS given FROM support_tags WHERE name = $1')
    await author.getByRole('textbox', { name: 'Paramètre $1' }).fill('ancien fisc')
    await author.getByRole('button', { name: 'Lancer la lecture' }).click()
    await expect(main(author).getByText(/^1 ligne · /)).toBeVisible()
    await expect(author.getByRole('grid').getByRole('gridcell', { name: 'ancien fisc' })).toHaveCount(2)
    await author.getByRole('checkbox', { name: 'NULL' }).check()
    await author.getByRole('button', { name: 'Lancer la lecture' }).click()
    await expect(main(author).getByText('Aucune ligne ne correspond')).toBeVisible()
  })

  await test.step('what takes too long is ended by a key', async () => {
    await write(author, 'SELECT count(*) FROM generate_series(1, 400000000)')
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(main(author).getByText(/^Lecture en cours/)).toBeVisible()
    await expect(author.getByRole('button', { name: /^Interrompre/ })).toBeVisible()
    await author.keyboard.press('Escape')
    await expect(main(author).getByText('Exécution interrompue')).toBeVisible()
  })

  await test.step('a text that would leave is refused, with the reason at its place', async () => {
    await write(author, `SELECT name FROM support_tags;\nSELECT pg_read_file('/etc/passwd')`)
    await expect(author.locator('.cm-lintRange-error')).toHaveText('pg_read_file')
    await author.keyboard.press('ControlOrMeta+Shift+Enter')
    await expect(main(author).getByText('Refusé : une chose n’est pas permise ici')).toBeVisible()
    await expect(main(author).getByText('ligne 2, colonne 8')).toBeVisible()
    await expect(main(author).getByText('pg_read_file lit ou écrit des fichiers du serveur.')).toBeVisible()
    await expect(author.locator('.cm-lintRange-error')).toHaveText('pg_read_file')
    await isFit(author)
  })

  await test.step('reading refuses what writes, and leads to the simulation', async () => {
    await write(author, `UPDATE support_tags SET name = name || ' (2)' WHERE name LIKE 'ancien %'`)
    await expect(main(author).getByText('modifie des lignes : à simuler')).toBeVisible()
    await author.getByRole('radio', { name: 'Simuler' }).check()
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(main(author).getByText('2 lignes modifiées dans support_tags')).toBeVisible()
    const changed = main(author).getByRole('region', { name: 'Lignes qui changeraient' })
    await expect(changed.locator('del').first()).toContainText('ancien agenda')
    await expect(changed.locator('ins').first()).toContainText('ancien agenda (2)')
    await expect(
      main(author).getByText(/^Rien n’a été conservé\s: transaction \d+ annulée, vérifiée par une autre/),
    ).toBeVisible()
    await isFit(author)
  })

  await test.step('a reload keeps the text and what came of it', async () => {
    await author.reload()
    await expect(editor(author)).toContainText('UPDATE support_tags')
    await expect(main(author).getByText('2 lignes modifiées dans support_tags')).toBeVisible()
  })

  await test.step('of another text or another database nobody asks for what was simulated of this one', async () => {
    const asking = author.getByRole('button', { name: 'Demander l’exécution' })
    await expect(asking).toBeVisible()
    await editor(author).press('ControlOrMeta+End')
    await author.keyboard.type(' OR true')
    await expect(main(author).getByText('Le texte a changé depuis', { exact: false })).toBeVisible()
    await expect(asking).toHaveCount(0)
    for (const _ of ' OR true') await author.keyboard.press('Backspace')
    await expect(asking).toBeVisible()
  })

  await justSteppedUp(database)
  const address =
    await test.step('its execution is asked for, and whoever asks does not approve', async () => {
      await asks(author, 'Étiquettes à distinguer des nouvelles')
      await expect(main(author).getByText('Quelqu’un d’autre doit approuver')).toBeVisible()
      await expect(author.getByRole('button', { name: 'Approuver' })).toHaveCount(0)
      await isFit(author)
      return author.url()
    })

  await test.step('somebody else reads what it would do, on a telephone, and agrees', async () => {
    await second.goto('/sql/requests?state=waiting')
    await settled(second)
    await expect(main(second).getByText('Étiquettes à distinguer des nouvelles')).toBeVisible()
    await isFit(second)
    await second.setViewportSize(phone)
    await approves(second, address)
  })

  await test.step('it is executed, once', async () => {
    await executes(author)
    await expect(author.getByRole('tab', { name: 'Résultat de l’exécution' })).toBeVisible()
    await isFit(author)
    await tagsAre(author, ['ancien agenda (2)', 'ancien fisc (2)'])
  })

  await test.step('and undone the same way', async () => {
    await author.goto(address)
    await author.getByRole('button', { name: 'Simuler le retour en arrière' }).click()
    await expect(author.getByRole('tab', { name: 'Simulation du retour en arrière' })).toBeVisible()
    await asks(author, 'Les anciens noms étaient les bons')
    await approves(second, author.url())
    await executes(author)
    await tagsAre(author, ['ancien agenda', 'ancien fisc'])
    await author.goto(address)
    await expect(main(author).getByText('Exécutée, puis annulée')).toBeVisible()
  })

  await test.step('the way back is itself undone: the first is in place again, and each leads to the other', async () => {
    await author.getByRole('link', { name: 'Voir le retour en arrière' }).click()
    await expect(author.getByRole('heading', { level: 1 })).toContainText('Les anciens noms étaient les bons')
    await author.getByRole('button', { name: 'Simuler le retour en arrière' }).click()
    await expect(author.getByRole('tab', { name: 'Simulation du retour en arrière' })).toBeVisible()
    await asks(author, 'Finalement les nouveaux')
    await approves(second, author.url())
    await executes(author)
    await tagsAre(author, ['ancien agenda (2)', 'ancien fisc (2)'])
    await author.goto(address)
    await expect(main(author).getByText('Exécutée, annulée, puis remise en place')).toBeVisible()
    await isFit(author)
    await author.screenshot({ path: 'screenshots/sql-restored-1440.png', fullPage: true })
    await author.getByRole('link', { name: 'Voir la demande qui l’a remise en place' }).click()
    await expect(author.getByRole('heading', { level: 1 })).toContainText('Finalement les nouveaux')
    await author.getByRole('link', { name: 'l’exécution d’origine' }).click()
    await expect(author).toHaveURL(address)
  })

  await test.step('one’s own runs are found again and opened in the editor', async () => {
    await author.goto('/sql/history?mode=simulate')
    await settled(author)
    await isFit(author)
    await main(author)
      .getByRole('row', { name: /UPDATE support_tags/ })
      .first()
      .click()
    await expect(author).toHaveURL('/sql')
    await expect(editor(author)).toContainText('UPDATE support_tags')
    await expect(main(author).getByText('2 lignes modifiées dans support_tags')).toBeVisible()
  })
})

test('an execution that would do something else says in what, and a way back names the rows that it leaves alone', async ({
  open,
  demonstration: { database },
}) => {
  test.slow()
  await asAdmin(database, `INSERT INTO support_tags (name) VALUES ('écart un'), ('écart deux')`)
  const author = await open('super_administrator')
  const second = await open('technical_administrator')
  await author.goto('/sql')
  await settled(author)
  await write(author, `UPDATE support_tags SET name = name || ' bis' WHERE name LIKE 'écart %'`)
  const approved = async (reason: string) => {
    await author.goto('/sql')
    await settled(author)
    await author.getByRole('radio', { name: 'Simuler' }).check()
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(main(author).getByText('2 lignes modifiées dans support_tags')).toBeVisible()
    await justSteppedUp(database)
    await asks(author, reason)
    await approves(second, author.url())
  }
  await approved('Étiquettes à compléter')
  await asAdmin(database, `UPDATE support_tags SET name = 'écart autre' WHERE name = 'écart un'`)
  await author.getByRole('button', { name: 'Exécuter' }).click()
  await author.getByRole('dialog').getByRole('button', { name: 'Exécuter' }).click()
  const differs = main(author).getByRole('region', { name: 'Ce qui diffère de ce qui a été approuvé' })
  await expect(differs).toContainText('une valeur y diffère')
  await expect(differs.locator('del')).toHaveText([/écart un$/])
  await expect(differs.locator('ins')).toHaveText([/écart autre$/])
  await isFit(author)
  await author.screenshot({ path: 'screenshots/sql-drifted-1440.png', fullPage: true })

  await approved('Étiquettes à compléter, revues')
  await executes(author)
  await asAdmin(database, `UPDATE support_tags SET name = 'écart repris' WHERE name = 'écart autre bis'`)
  await author.getByRole('button', { name: 'Simuler le retour en arrière' }).click()
  const since = main(author).getByRole('region', { name: 'Lignes modifiées depuis l’exécution' })
  await expect(since).toContainText('id = ')
  await expect(since.locator('del')).toHaveText([/écart autre bis$/])
  await expect(since.locator('ins')).toHaveText([/écart repris$/])
  await isFit(author)
  await author.screenshot({ path: 'screenshots/sql-changed-since-1440.png', fullPage: true })

  await test.step('of a table with masked columns too', async () => {
    await asAdmin(
      database,
      `INSERT INTO clients (kind, first_name, last_name, email, city, status)
       VALUES ('practitioner', 'Ana', 'Roux', 'ana@ecart.example', 'Lyon', 'active')`,
    )
    await author.goto('/sql')
    await settled(author)
    await write(author, `UPDATE clients SET city = 'Metz' WHERE email = 'ana@ecart.example'`)
    await author.getByRole('radio', { name: 'Simuler' }).check()
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(main(author).getByText('1 ligne modifiée dans clients')).toBeVisible()
    await justSteppedUp(database)
    await asks(author, 'Ville à corriger')
    await approves(second, author.url())
    await executes(author)
    await asAdmin(database, `UPDATE clients SET city = 'Nancy' WHERE email = 'ana@ecart.example'`)
    await author.getByRole('button', { name: 'Simuler le retour en arrière' }).click()
    await expect(since).toContainText('id = ')
    await expect(since).toContainText('modifié, masqué')
    await expect(since).not.toContainText('Nancy')
    await author.screenshot({ path: 'screenshots/sql-changed-since-masked-1440.png', fullPage: true })
  })

  await test.step('a script that fails halfway says that nothing of it would be', async () => {
    await author.goto('/sql')
    await settled(author)
    await write(author, `INSERT INTO support_tags (name) VALUES ('à moitié');\nSELECT 1 / 0`)
    await author.getByRole('radio', { name: 'Simuler' }).check()
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(main(author).getByRole('region', { name: 'Effets annulés' })).toContainText(
      'Rien de tout cela n’a lieu ni n’aurait lieu',
    )
    await expect(main(author).getByRole('region', { name: 'Changements annulés' })).toBeVisible()
    await isFit(author)
    await author.screenshot({ path: 'screenshots/sql-failed-script-1440.png', fullPage: true })
  })
})

test('a practice is found by typing its name, and what runs is found again by who comes back to the page', async ({
  open,
}) => {
  const page = await open('super_administrator')
  const { name } = await aPractice(page, { firstName: 'Octavie', lastName: 'Zurlinden' })
  await page.goto('/sql')
  await settled(page)
  const target = page.getByRole('combobox', { name: 'Cible' })
  await target.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('zurlind', { delay: 60 })
  const found = page.getByRole('option', { name: /Zurlinden/ })
  await expect(found).toBeVisible()
  await expect(target).toHaveValue('zurlind')
  // Neither the central database nor « Plusieurs cabinets » is meant by that: Enter takes what is.
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(main(page).getByText(new RegExp(name)).first()).toBeVisible()
  await expect(target).toHaveValue(new RegExp(name))

  const database =
    (await main(page)
      .getByText(/^t_[0-9a-f]{16}$/)
      .textContent()) ?? ''
  await target.fill('zzzz')
  await expect(page.getByText('Aucun cabinet trouvé')).toBeVisible()
  await target.fill(database.slice(0, 8))
  await expect(found).toBeVisible()
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(target).toHaveValue(new RegExp(name))

  await write(page, 'SELECT count(*) FROM generate_series(1, 4000000)')
  // The second is one too many, and refused by nobody.
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main(page).getByText(/^Lecture en cours/)).toBeVisible()
  await page.goto('/sql/history')
  await settled(page)
  await page.goto('/sql')
  await expect(page.getByRole('grid').getByRole('gridcell')).toHaveText(['4000000'])
})
