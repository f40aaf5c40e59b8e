import type { Locator, Page } from '@playwright/test'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

const editor = (page: Page) => page.getByRole('textbox', { name: 'Texte SQL' })
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Onglets de la console' })
const main = (page: Page) => page.getByRole('main')
const told = (page: Page, words: string | RegExp) => page.getByText(words).last()

/** In the place of what stands there. */
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

async function isFitDialog(page: Page) {
  expect(await axeViolations(page, '[role="dialog"]')).toEqual([])
}

async function openConsole(page: Page) {
  await page.goto('/sql')
  await settled(page)
}

async function act(page: Page, row: Locator, name: string) {
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name }).click()
}

test('a text is kept under a name with its parameters, shared, opened by somebody else, copied, and taken out of the trash', async ({
  open,
  faults,
}) => {
  // A name that is taken is told by the server.
  faults.allow(/409.*\/sql\/queries/)

  const author = await open('super_administrator')
  const other = await open('technical_administrator')
  const name = 'Étiquettes par nom'
  await openConsole(author)

  await test.step('Ctrl+S asks for a name, and says what each parameter is', async () => {
    await write(author, 'SELECT id, name FROM support_tags WHERE name = $1 AND id > $2')
    await author.keyboard.press('ControlOrMeta+s')
    const form = author.getByRole('dialog', { name: 'Enregistrer la requête' })
    await form.getByLabel('Nom', { exact: true }).fill(name)
    await form.getByLabel('Description').fill('Pour retrouver une étiquette')
    await form.getByLabel('Nom de $1').fill('Étiquette')
    await form.getByLabel('Valeur de départ').first().fill('facture')
    await form.getByLabel('Nom de $2').fill('À partir de')
    await form.getByRole('combobox', { name: 'Type' }).nth(1).click()
    await author.getByRole('option', { name: 'Identifiant' }).click()
    await form.getByLabel('Valeur de départ').nth(1).fill('pas un identifiant')
    await expect(form.getByText('Attendu : un identifiant complet de 36 caractères.')).toBeVisible()
    await expect(form.getByRole('button', { name: 'Enregistrer la requête' })).toBeDisabled()
    await form.getByLabel('Valeur de départ').nth(1).fill('00000000-0000-0000-0000-000000000000')
    await isFitDialog(author)
    await form.getByRole('button', { name: 'Enregistrer la requête' }).click()
    await expect(told(author, `« ${name} » est enregistrée`)).toBeVisible()
    await expect(tabs(author).getByRole('button', { name, exact: true })).toBeVisible()
  })

  await test.step('what is not saved is marked on its tab until Ctrl+S saves it again', async () => {
    await editor(author).click()
    await author.keyboard.press('ControlOrMeta+End')
    await author.keyboard.type(' ORDER BY name')
    await author.keyboard.press('Escape')
    await expect(tabs(author).getByRole('button', { name: `${name} modifications non` })).toBeVisible()
    await isFit(author)
    await author.keyboard.press('ControlOrMeta+s')
    await expect(main(author).getByText(/^modifiée par/)).toBeVisible()
    await expect(tabs(author).getByRole('button', { name, exact: true })).toBeVisible()
  })

  await test.step('a name that is taken is said beside it', async () => {
    await author.getByRole('button', { name: 'Autres actions sur la requête' }).click()
    await author.getByRole('menuitem', { name: 'Enregistrer sous…' }).click()
    const form = author.getByRole('dialog')
    await form.getByLabel('Nom', { exact: true }).fill(name.toUpperCase())
    await author.keyboard.press('ControlOrMeta+Enter')
    await expect(form.getByText(/^Vous avez déjà une requête nommée/)).toBeVisible()
    await author.keyboard.press('Escape')
  })

  await test.step('the list shows it, and shares it with a way back', async () => {
    await author.goto('/sql/queries')
    await settled(author)
    await isFit(author)
    const row = author.getByRole('row', { name: new RegExp(name) })
    await expect(row).toContainText('Vous uniquement')
    await act(author, row, 'Partager')
    await expect(row).toContainText('Partagée')
    await expect(told(author, `« ${name} » est partagée`)).toBeVisible()
  })

  await test.step('somebody else opens it with Ctrl+O, finds its parameters filled in, and runs it', async () => {
    await openConsole(other)
    await editor(other).click()
    await other.keyboard.press('ControlOrMeta+o')
    const sheet = other.getByRole('dialog', { name: 'Ouvrir une requête' })
    await sheet.getByRole('searchbox').fill('etiquette')
    await expect(sheet.getByRole('button', { name: new RegExp(name) })).toBeVisible()
    await isFitDialog(other)
    await other.keyboard.press('ArrowDown')
    await other.keyboard.press('Enter')
    await expect(editor(other)).toContainText('ORDER BY name')
    await expect(other.getByRole('textbox', { name: 'Paramètre $1 Étiquette' })).toHaveValue('facture')
    await isFit(other)
    await other.keyboard.press('ControlOrMeta+Enter')
    await expect(
      main(other)
        .getByText(/lignes? · |Aucune ligne/)
        .first(),
    ).toBeVisible()
  })

  await test.step('it is not theirs to change: Ctrl+S saves a copy', async () => {
    await editor(other).click()
    await other.keyboard.press('ControlOrMeta+End')
    await other.keyboard.type(' DESC')
    await other.keyboard.press('Escape')
    await other.keyboard.press('ControlOrMeta+s')
    const form = other.getByRole('dialog', { name: 'Enregistrer une copie' })
    await expect(form.getByText(/partage l’original, que vous ne pouvez pas modifier/)).toBeVisible()
    await expect(form.getByLabel('Nom', { exact: true })).toHaveValue(`${name} (copie)`)
    await form.getByRole('button', { name: 'Enregistrer la requête' }).click()
    await expect(tabs(other).getByRole('button', { name: `${name} (copie)`, exact: true })).toBeVisible()
  })

  await test.step('Ctrl+K finds it', async () => {
    await author.keyboard.press('ControlOrMeta+k')
    await author.getByRole('combobox').fill('Étiquettes par')
    await author
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click()
    await expect(editor(author)).toContainText('ORDER BY name')
  })

  await test.step('what is deleted comes back, at once or out of the trash', async () => {
    await author.goto('/sql/queries')
    const row = author.getByRole('row', { name: new RegExp(name) })
    await act(author, row, 'Supprimer')
    await expect(row).toHaveCount(0)
    await author.getByRole('button', { name: 'Annuler' }).click()
    await expect(row).toBeVisible()
    await act(author, row, 'Supprimer')
    await expect(row).toHaveCount(0)
    await author.getByRole('button', { name: 'Corbeille' }).click()
    await expect(row).toBeVisible()
    await isFit(author)
    await act(author, row, 'Restaurer')
    await expect(author.getByText('La corbeille est vide')).toBeVisible()
  })
})

test('two windows save at once and nothing is lost; a draft is kept and says so; a tab closed unsaved comes back', async ({
  open,
  faults,
}) => {
  faults.allow(/409.*\/sql\/queries/)

  const page = await open('super_administrator')
  const window = await page.context().newPage()
  const name = 'Doublons'
  await openConsole(page)
  await write(page, 'SELECT 1')
  await page.keyboard.press('ControlOrMeta+s')
  await page.getByRole('dialog').getByLabel('Nom', { exact: true }).fill(name)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(tabs(page).getByRole('button', { name, exact: true })).toBeVisible()

  await window.goto('/sql/queries')
  await window.getByRole('row', { name: new RegExp(name) }).click()
  await expect(editor(window)).toContainText('SELECT 1')

  await test.step('whoever saves second sees the other text, and says which stands', async () => {
    await write(window, 'SELECT 22')
    await write(page, 'SELECT 333')
    await window.keyboard.press('ControlOrMeta+s')
    await expect(main(window).getByText(/^modifiée par/)).toBeVisible()
    await expect(main(page).getByText(/^modifiée depuis par/)).toBeVisible()
    await page.keyboard.press('ControlOrMeta+s')
    const conflict = page.getByRole('dialog', { name: /a changé entre-temps/ })
    await expect(conflict.getByText('SELECT 22')).toBeVisible()
    await isFitDialog(page)
    await conflict.getByRole('button', { name: 'Remplacer par la mienne' }).click()
    await expect(main(page).getByText(/^modifiée par/)).toBeVisible()
  })

  await test.step('the other window is told, and takes it', async () => {
    await expect(main(window).getByText(/^modifiée depuis par/)).toBeVisible()
    await window.getByRole('button', { name: 'Reprendre cette version' }).click()
    await expect(editor(window)).toContainText('SELECT 333')
    await expect(main(window).getByText(/^modifiée par/)).toBeVisible()
  })

  await test.step('a text that would be refused is kept as a draft', async () => {
    await write(page, 'SELECT FROM WHERE')
    await page.keyboard.press('ControlOrMeta+s')
    await expect(page.getByText('C’est un brouillon : en l’état, ce texte serait refusé.')).toBeVisible()
    await window.goto('/sql/queries')
    await expect(window.getByRole('row', { name: new RegExp(name) })).toContainText('Brouillon')
  })

  await test.step('a tab that was closed unsaved comes back as it was', async () => {
    await page.getByRole('button', { name: 'Nouvel onglet' }).click()
    await write(page, 'SELECT 4444')
    await page.getByRole('button', { name: 'Fermer SELECT 4444' }).click()
    await expect(editor(page)).not.toContainText('4444')
    await page.getByRole('button', { name: 'Annuler' }).click()
    await expect(editor(page)).toContainText('SELECT 4444')
  })
})
