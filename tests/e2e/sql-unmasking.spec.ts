import type { Page } from '@playwright/test'
import { asAdmin } from './run/as-admin.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

const editor = (page: Page) => page.getByRole('textbox', { name: 'Texte SQL' })
const main = (page: Page) => page.getByRole('main')
const banner = (page: Page) => page.getByRole('region', { name: 'Démasquage en cours' })
const cells = (page: Page) => page.getByRole('grid').getByRole('gridcell')

async function write(page: Page, text: string) {
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
}

async function reads(page: Page, text: string) {
  await write(page, text)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main(page).getByText(/^1 ligne · /)).toBeVisible()
}

async function isFit(page: Page) {
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  }
}

const reading = `SELECT last_name, internal_note FROM clients WHERE email = 'a-corriger@example.com'`
const ticket = 987_001

test('identities are seen for some minutes, for a reason and a ticket, by one person; then they are masked again', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  await asAdmin(
    database,
    `INSERT INTO clients (kind, status, last_name, email, department) VALUES ('practitioner', 'prospect', 'Delatour', 'a-corriger@example.com', '54')`,
    `INSERT INTO tickets (number, subject, channel, requester_name, requester_email, opened_at, last_message_at)
       VALUES (${ticket}, 'Nom mal écrit', 'staff', 'Odile Perrin', 'odile.perrin@example.com', now(), now())`,
  )
  const author = await open('super_administrator')
  const second = await open('technical_administrator')
  await author.goto('/sql')
  await settled(author)

  await test.step('who may not is not offered it', async () => {
    await second.goto('/sql')
    await settled(second)
    await expect(second.getByRole('button', { name: 'Lancer la lecture' })).toBeVisible()
    await expect(second.getByRole('button', { name: 'Démasquer…' })).toHaveCount(0)
  })

  await test.step('names are masked', async () => {
    await reads(author, reading)
    await expect(cells(author).first()).toHaveText('•••')
  })

  await test.step('what is to be seen is asked for, with a ticket that there is', async () => {
    await justSteppedUp(database)
    await author.getByRole('button', { name: 'Démasquer…' }).click()
    const form = author.getByRole('dialog')
    const act = form.getByRole('button', { name: 'Démasquer' })
    await expect(act).toBeDisabled()
    await expect(form.getByRole('checkbox', { name: 'Identités' })).toBeChecked()
    await expect(form.getByRole('checkbox', { name: 'Données bancaires' })).not.toBeChecked()
    for (const viewport of [phone, desk]) {
      await author.setViewportSize(viewport)
      expect(await axeViolations(author, '[role="dialog"]')).toEqual([])
    }
    faults.allow(/400.*\/sql\/unmaskings/)
    await form.getByLabel('Ticket').fill('#1999999999')
    await form.getByLabel('Motif').fill('Nom mal écrit à la reprise des données')
    await act.click()
    await expect(form.getByText('Aucun ticket ne porte ce numéro.')).toBeVisible()
    await form.getByLabel('Ticket').fill(`#${ticket}`)
    await act.click()
    await expect(form).toHaveCount(0)
    await expect(banner(author)).toContainText('Données démasquées')
    await expect(banner(author)).toContainText(`ticket #${ticket}`)
    await expect(banner(author).getByRole('timer')).toHaveText(/^1[45]:\d\d$/)
    await expect(author.getByRole('button', { name: 'Démasquer…' })).toHaveCount(0)
  })

  await test.step('what runs from now on shows them, and says so', async () => {
    await reads(author, `${reading} AND status = 'prospect'`)
    await expect(cells(author).first()).toHaveText('Delatour')
    await isFit(author)
    await author.getByRole('button', { name: 'Copier' }).click()
    // A cell or a row may be needed in the next text; all of it goes nowhere.
    await expect(author.getByRole('menuitem').last()).toBeDisabled()
    await author.keyboard.press('Escape')
  })

  await test.step('and what a simulation would change', async () => {
    await write(
      author,
      `UPDATE clients SET last_name = 'Delatour-Roy' WHERE email = 'a-corriger@example.com'`,
    )
    await author.getByRole('radio', { name: 'Simuler' }).check()
    await author.keyboard.press('ControlOrMeta+Enter')
    const changed = main(author).getByRole('region', { name: 'Lignes qui changeraient' })
    await expect(changed.locator('ins').filter({ hasText: 'Delatour-Roy' }).first()).toBeVisible()
    await expect(changed.getByText('modifié, masqué')).toHaveCount(0)
    await isFit(author)
  })

  await test.step('looked at again, it is masked: nothing of it was kept', async () => {
    await author.reload()
    await expect(banner(author)).toBeVisible()
    await expect(main(author).getByText('Lue démasquée, conservée masquée')).toBeVisible()
    await expect(main(author).getByText('Delatour', { exact: true })).toHaveCount(0)
    await author.getByRole('radio', { name: 'Lire' }).check()
    await reads(author, reading)
    await expect(cells(author).first()).toHaveText('Delatour')
  })

  await test.step('somebody else sees who sees what, and ends it', async () => {
    await second.goto('/sql/unmaskings')
    await settled(second)
    await expect(main(second).getByText('Nom mal écrit à la reprise des données')).toBeVisible()
    await isFit(second)
    await second
      .getByRole('button', { name: /^Actions/ })
      .first()
      .click()
    await second.getByRole('menuitem', { name: 'Masquer maintenant' }).click()
    await expect(main(second).getByText(/^Terminé par /)).toBeVisible()
  })

  await test.step('it is over at once where it was seen, and stays in the list', async () => {
    await expect(banner(author)).toHaveCount(0)
    await expect(author.getByText('Tout est de nouveau masqué').first()).toBeVisible()
    await expect(cells(author).first()).toHaveText('•••')
    await expect(author.getByRole('button', { name: 'Démasquer…' })).toBeVisible()
    await author.goto('/sql/unmaskings?state=ended')
    await settled(author)
    await expect(main(author).getByText(/^Terminé par /)).toBeVisible()
  })
})
