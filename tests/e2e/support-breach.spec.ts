/** A promise that comes near and is not kept, as those who see to it see it: the clock is moved, nobody waits for it. */
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { getSession } from '#contract/identity'
import {
  getPromises,
  openTicket,
  saveSlaCalendar,
  saveSupportTeam,
  updateTicket,
  weekdays,
  type Ticket,
} from '#contract/support'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { rootDir } from '#platform/server/config.ts'
import { asAdmin } from './run/as-admin.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test.use({ apart: true })
// The minute's work is looked for every twenty seconds, twice.
test.setTimeout(240_000)

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

/** Whoever keeps the clock of a server: from here on it is moved with those of the browsers. */
test.beforeAll(async ({ demonstration: { server } }) => {
  await server.stop()
  await server.start(path.join(rootDir, 'tests/harness/moved-clock.ts'))
})

async function write<E extends AnyEndpoint>(
  page: Page,
  endpoint: E,
  data: object,
  params: Record<string, string> = {},
) {
  const response = await page.request.fetch(addressOf(endpoint, params), { method: endpoint.method, data })
  expect(response.status(), await response.text()).toBeLessThan(300)
  return (await response.json()) as unknown
}

const meOf = async (page: Page) =>
  getSession.output.parse(await (await page.request.get(addressOf(getSession))).json())

/** In both themes: well made, and pictured. */
async function looksWell(page: Page, name: string, width: 390 | 1440, part?: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    // A page whose clock is moved by hand is repainted a little after it was told the theme.
    await expect.poll(() => axeViolations(page, part)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.screenshot({
      path: `screenshots/${name}-${width}-${colorScheme === 'dark' ? 'night' : 'day'}.png`,
    })
  }
}

const bell = (page: Page) => page.getByRole('button', { name: /alertes? de délai/i })

test('a promise comes near and is not kept: the queue, the bell, the mail, what happens by itself, and why', async ({
  open,
  demonstration: { server, database },
}) => {
  const karim = await open('support')
  const claire = await open('administrator')
  const [agent, lead] = [await meOf(karim), await meOf(claire)]

  // Support works day and night, so that the journey may be made at any hour.
  const always = Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]]))
  await write(claire, saveSlaCalendar, {
    name: 'Jour et nuit',
    territory: 'national',
    calendar: { timezone: 'Europe/Paris', hours: always },
  })
  const { id: teamId } = (await write(claire, saveSupportTeam, {
    name: 'Astreinte',
    leadId: lead.staffId,
    memberIds: [agent.staffId],
  })) as { id: string }

  await test.step('what happens then is written with the promise', async () => {
    await claire.goto('/support/promises')
    await settled(claire)
    await claire.getByRole('button', { name: 'Nouveau délai' }).click()
    const form = claire.getByRole('dialog', { name: 'Nouveau délai' })
    await form.getByLabel('Nom').fill('Astreinte')
    await form.getByRole('combobox', { name: 'Horaires' }).click()
    await claire.getByRole('option', { name: 'Jour et nuit' }).click()
    await form.getByLabel('Ordre').fill('0')
    await form.getByLabel('Étiquettes concernées').fill('astreinte')
    for (const priority of ['urgent', 'high', 'normal', 'low'])
      await form.locator(`[name="allowances.${priority}.firstResponse"]`).fill('20 min')
    await form.getByRole('button', { name: 'Ajouter une escalade' }).click()
    await form.getByRole('button', { name: 'Ajouter une action à l’escalade 1' }).click()
    await claire.getByRole('menuitem', { name: 'Relever la priorité' }).click()
    await form.getByRole('combobox', { name: 'Relever la priorité' }).click()
    await claire.getByRole('option', { name: 'Urgente' }).click()
    await form.getByText('Escalades').scrollIntoViewIfNeeded()
    await looksWell(claire, 'support-escalations', 1440)
    await form.getByRole('button', { name: 'Enregistrer' }).click()
    const card = claire.getByRole('region', { name: 'Astreinte', exact: true })
    await expect(card).toContainText('À l’échéance non tenue')
    await expect(card).toContainText('priorité relevée à Urgente')
  })

  const opened = openTicket.output.parse(
    await write(karim, openTicket, {
      subject: 'Les rappels sont partis deux fois',
      body: 'Bonjour, mes patients ont reçu deux rappels ce matin.',
      requesterName: 'Odile Fournier',
      requesterEmail: 'odile.fournier@example.com',
    }),
  ) as Ticket
  const { id, number } = opened
  await write(
    karim,
    updateTicket,
    { revision: opened.revision, tags: ['astreinte'], assigneeId: agent.staffId, teamId },
    { id },
  )

  /** The server's clock and the browsers', and the minute's work at once. */
  let ahead = 0
  const pages: Page[] = []
  const move = async (minutes: number) => {
    ahead += minutes * 60_000
    fs.writeFileSync(path.join(server.dataDir, 'work/clock'), String(ahead))
    for (const page of pages) await page.clock.fastForward(minutes * 60_000)
    await asAdmin(database, `INSERT INTO pgboss.job (name) VALUES ('support-promises')`)
  }
  const small = await open('support', phone)
  for (const page of [karim, small]) {
    await page.clock.install()
    pages.push(page)
  }
  await karim.goto('/tickets?queue=mine')
  await small.goto('/tickets?queue=mine')
  await settled(karim)
  await settled(small)
  const row = karim.getByRole('row', { name: new RegExp(`#${number}\\b`) })
  await expect(row).toContainText(/dans (19|20) min/)
  const toldOf = (page: Page) =>
    page.getByRole('dialog', { name: 'Alertes' }).getByRole('link', { name: new RegExp(`#${number}\\b`) })

  await test.step('it comes near: the queue says so, the bell rings, a mail is written', async () => {
    await move(17)
    await expect(row).toContainText(/dans [23] min/)
    await expect(row.getByText('bientôt en retard')).toBeAttached()
    await expect(bell(karim)).toHaveAccessibleName(/^\d+ alertes? de délai non vues?$/, { timeout: 60_000 })
    await bell(karim).click()
    const told = toldOf(karim)
    await expect(told).toContainText('Première réponse bientôt due', { timeout: 60_000 })
    await expect(told.getByText('Non vue')).toBeAttached()
    await looksWell(karim, 'support-alerts', 1440, '[role=dialog]')
    await told.click()
    await expect(karim).toHaveURL(new RegExp(id))
    await expect(told, 'it closes behind what it opened').toHaveCount(0)
    await bell(karim).click()
    await expect(told.getByText('Non vue'), 'whoever opened the ticket has seen it').toHaveCount(0)
    await karim.keyboard.press('Escape')
  })

  await test.step('it is not kept: the ticket is late, who leads is told, and it is escalated', async () => {
    await move(4)
    const promises = karim.getByRole('region', { name: 'Délais promis' })
    await expect(promises).toContainText('en retard de')
    const history = karim.getByRole('region', { name: 'Historique' })
    await expect(history).toContainText('Escalade : le délai n’est pas tenu (Première réponse)', {
      timeout: 60_000,
    })
    await expect(history).toContainText(`Alerte envoyée à ${lead.name}`)
    await expect(history).toContainText('Astreinte a changé la priorité : Urgente')
    await history.scrollIntoViewIfNeeded()
    await looksWell(karim, 'support-breach', 1440)

    await bell(claire).click()
    await expect(toldOf(claire)).toContainText('Première réponse en retard')
    await claire.keyboard.press('Escape')

    // On a telephone the same, and nothing is pushed out of the header.
    await expect(small.getByText(/en retard de \d+ min/).first()).toBeVisible()
    await bell(small).click()
    await expect(toldOf(small).first()).toContainText('Première réponse en retard')
    await looksWell(small, 'support-alerts', 390, '[role=dialog]')
  })

  await test.step('the due date opens into why', async () => {
    await karim
      .getByRole('button', { name: /Pourquoi/ })
      .first()
      .click()
    const why = karim.getByRole('dialog', { name: /Pourquoi cette échéance/ })
    await expect(why).toContainText('Délai « Astreinte », horaires « Jour et nuit »')
    await expect(why.getByRole('listitem').first()).toContainText('Compté')
    await looksWell(karim, 'support-breach-ledger', 1440)
    await karim.keyboard.press('Escape')
  })

  await test.step('mails said it, which name nobody', async () => {
    // A quarter of an hour after whatever was mailed before.
    await move(16)
    const mails = await open('nobody')
    await mails.goto('/demonstration/mails')
    for (const { email } of [agent, lead]) {
      const mail = mails
        .getByRole('listitem')
        .filter({ hasText: email })
        .filter({ hasText: /attend(ent)? votre réponse/ })
        .filter({ hasText: `#${number}` })
        .first()
      await expect(mail).toBeVisible({ timeout: 60_000 })
      await expect(mail).not.toContainText('Fournier')
    }
  })
})

test('one says at which hours no mail is wanted, among one’s own settings', async ({ open, faults }) => {
  const page = await open('support', phone)
  await page.goto('/account')
  await settled(page)
  const card = page.getByRole('region', { name: 'Alertes de délai par e-mail' })
  await card.getByRole('switch', { name: 'Heures calmes' }).click()
  await card.getByLabel('De', { exact: true }).fill('20:00')
  await card.getByLabel('À', { exact: true }).fill('20:00')
  faults.allow(/400.*alert-preferences|status of 400.*alert-preferences/)
  await card.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(card.getByText('Cette plage n’a pas de durée.').first()).toBeVisible()
  await card.getByLabel('À', { exact: true }).fill('07:30')
  // Whole between the bars of a telephone, which hide half of what stands before and after it.
  await card.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await looksWell(page, 'support-quiet-hours', 390, '[aria-label="Alertes de délai par e-mail"]')
  await card.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Préférences enregistrées')
  await page.reload()
  await expect(card.getByLabel('À', { exact: true })).toHaveValue('07:30')
})

test('a version that has not begun is withdrawn and taken back; a day has hours of its own', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/support/promises')
  await settled(page)
  await page.getByRole('button', { name: 'Nouveaux horaires' }).click()
  const form = page.getByRole('dialog', { name: 'Nouveaux horaires' })
  await form.getByLabel('Nom').fill('Antenne de Nantes')
  await form.getByRole('button', { name: 'Ajouter un jour' }).click()
  const day = form.getByRole('group', { name: 'Jour particulier 1' })
  await day.getByLabel('Jour', { exact: true }).fill('2099-12-24')
  await day.getByLabel('Motif').fill('Permanence')
  await expect(day).toContainText('Fermé')
  await day.getByRole('button', { name: /Ajouter une plage/ }).click()
  await looksWell(page, 'support-special-day', 1440)
  await form.getByRole('button', { name: 'Enregistrer' }).click()
  const card = page.getByRole('region', { name: 'Antenne de Nantes' })
  await expect(card).toContainText('24/12/2099')
  await expect(card).toContainText('09:00 – 12:30 · Permanence')

  await card.getByRole('button', { name: 'Modifier les horaires' }).click()
  const again = page.getByRole('dialog', { name: 'Nouvelle version des horaires' })
  await again.getByLabel('À partir du').fill('2099-01-01T08:00')
  await again.getByRole('button', { name: 'Enregistrer' }).click()
  await card.getByText('2 versions').click()
  await card.getByRole('button', { name: 'Retirer la version du 01/01/2099 08:00' }).click()
  await expect(card.getByText('1 version')).toBeVisible()
  await page
    .getByRole('region', { name: 'Notifications' })
    .getByRole('button', { name: 'Annuler l’action' })
    .click()
  await expect(card.getByText('2 versions')).toBeVisible()
  const promises = getPromises.output.parse(await (await page.request.get(addressOf(getPromises))).json())
  expect(promises.calendars.find(({ name }) => name === 'Antenne de Nantes')?.versions).toHaveLength(2)
})
