/** What an agent does around a ticket: names it better, ties it to others, keeps a queue, takes the conversation along. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { askForHelp, getTicket, openTicket } from '#contract/support'
import { callFrom, enterDemonstrationPractice } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

let made = 0
const words = 'Bonjour,\nrien ne part :\n\n- ni SMS\n- ni e-mail'
async function aTicket(page: Page, subject: string) {
  const response = await page.request.post(addressOf(openTicket), {
    data: {
      subject: `${subject} ${++made}`,
      body: words,
      requesterName: 'Odile Fournier',
      requesterEmail: `odile.fournier.${made}.${Date.now()}@example.com`,
    },
  })
  return openTicket.output.parse(await response.json())
}
const ticketOf = async (page: Page, id: string) =>
  getTicket.output.parse(await (await page.request.get(addressOf(getTicket, { id }))).json())

const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })

test('a ticket is named better and tied to another, which is undone and done again; both lead to each other', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/')
  const [one, other] = [await aTicket(page, 'Truc'), await aTicket(page, 'Rappels muets')]
  await page.goto(`/tickets/${one.id}`)
  await settled(page)

  const subject = page.getByRole('textbox', { name: 'Objet' })
  await subject.fill('Les rappels par SMS ne partent plus')
  await subject.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Les rappels par SMS ne partent plus')
  await expect
    .poll(async () => (await ticketOf(page, one.id)).subject)
    .toBe('Les rappels par SMS ne partent plus')

  await page.getByRole('button', { name: 'Relier le ticket' }).click()
  await page.getByRole('menuitem', { name: 'Relier un ticket' }).click()
  await page.getByRole('combobox', { name: 'Numéro, objet ou nom' }).fill(`#${other.number}`)
  await page.getByRole('option', { name: new RegExp(`#${other.number} `) }).click()
  await expect(toast(page)).toContainText(`#${other.number}`)
  const link = page.getByRole('link', { name: new RegExp(`#${other.number} Rappels muets`) })
  await expect(link).toBeVisible()
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/ticket-links-1440.png', fullPage: true })

  await page.getByRole('button', { name: new RegExp(`Délier #${other.number}`) }).click()
  await expect(link).toBeHidden()
  await toast(page).getByRole('button', { name: 'Annuler' }).last().click()
  await link.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Rappels muets')
  await expect(page.getByRole('link', { name: new RegExp(`#${one.number} `) })).toBeVisible()
})

test('a queue is kept under a name, found again, and its address shows a colleague the same', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/tickets?queue=all&priority=urgent&sort=-opened')
  await settled(page)
  await page.getByRole('button', { name: 'Vues', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Enregistrer cette vue' }).click()
  await page.getByRole('textbox', { name: 'Nom de la vue' }).fill('Le plus pressé')
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click()
  await page.goto('/tickets')
  await settled(page)
  await page.getByRole('button', { name: 'Vues', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Le plus pressé' }).click()
  await expect(page).toHaveURL(/queue=all.*priority=urgent|priority=urgent.*queue=all/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Le plus pressé' })).toBeVisible()
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/queue-views-1440.png' })

  const colleague = await open('administrator')
  await colleague.goto(page.url())
  await settled(colleague)
  await expect(colleague.getByRole('button', { name: /Priorité.*Urgente?/ })).toBeVisible()
})

test('a conversation is taken along word for word', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const { id, number } = await aTicket(page, 'À garder')
  await page.goto(`/tickets/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Autres actions' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Exporter la conversation' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe(`ticket-${number}.md`)
  expect(readFileSync(await download.path(), 'utf8')).toContain(`\n\n${words}\n`)
})

test('whoever answers sees what the customer sees, because of the ticket: it and the assistance lead to each other', async ({
  open,
  faults,
  demonstration: { server, database },
}) => {
  // Asleep meanwhile: the other requests of the page that was left, and the token that is replaced as it wakes.
  faults.allow(/403.*\/(impersonations|practice)/, /409/, /401/)
  const mireille = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(mireille)
  const subject = `Rien ne s’imprime ${Date.now()}`
  const { id, number } = await callFrom(mireille, askForHelp, {
    id: crypto.randomUUID(),
    subject,
    body: 'Le bouton ne fait rien.',
  })
  const page = await open('administrator')
  await page.goto(`/tickets/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Voir ce que voit le client' }).click()
  const form = page.getByRole('dialog')
  await expect(form.getByLabel('Ticket concerné')).toContainText(`#${number} ${subject}`)
  await form.getByLabel('Motif').fill('Reproduire l’erreur signalée ce matin')
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/ticket-impersonation-1440.png' })
  await justSteppedUp(database)
  await form.getByRole('button', { name: 'Entrer' }).click()
  await expect(page).toHaveURL(`${server.practiceUrl}/`)
  const band = page.getByRole('region', { name: 'Assistance en cours' })
  await expect(band).toContainText(`#${number}`)
  await band.getByRole('button', { name: 'Terminer' }).click()
  // Led back by the practice app itself, which one waits for before going anywhere.
  await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/impersonations\/[\da-f-]{36}$/)
  // Else the answer that brings the token which replaces the old one is dropped on the way.
  await settled(page)

  await page.goto(`${server.url}/tickets/${id}`)
  await settled(page)
  await page
    .getByRole('region', { name: 'Lié à' })
    .getByRole('link', { name: /Claire Fontaine/ })
    .click()
  await expect(page).toHaveURL(/\/impersonations\//)
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/impersonation-ticket-1440.png' })
  await page.getByRole('link', { name: `#${number} ${subject}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(subject)
})
