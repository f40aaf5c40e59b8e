/** An agent's day: the queue, an answer that is taken back, a note, two at once, and a ticket that comes back. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { addTicketNote, listTicketMessages, openTicket, replyToTicket } from '#contract/support'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

let made = 0
/** A ticket of somebody who called, for one journey. */
async function aTicket(page: Page, subject: string) {
  const response = await page.request.post(addressOf(openTicket), {
    data: {
      subject: `${subject} ${++made}`,
      body: 'Bonjour,\nrien ne part :\n\n- ni SMS\n- ni e-mail',
      requesterName: 'Odile Fournier',
      requesterEmail: `odile.fournier.${made}.${Date.now()}@example.com`,
    },
  })
  expect(response.status(), await response.text()).toBe(201)
  return openTicket.output.parse(await response.json())
}

async function post(page: Page, address: string, data: object): Promise<void> {
  const response = await page.request.post(address, { data })
  expect(response.status(), await response.text()).toBeLessThan(300)
}

async function saidIn(page: Page, id: string) {
  const response = await page.request.get(addressOf(listTicketMessages, { id }))
  return listTicketMessages.output.parse(await response.json()).rows
}

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const thread = (page: Page) => page.getByRole('list', { name: 'Conversation' })
const reply = (page: Page) => page.getByRole('textbox', { name: 'Réponse au client' })
const isKept = (page: Page) => page.getByText(/Enregistré automatiquement à/).first()

test('the next ticket is found by keyboard, answered, taken back, and answered again', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const { id, subject, number } = await aTicket(page, 'Les rappels ne partent plus')
  await page.goto('/tickets?queue=unassigned&sort=-opened')
  await settled(page)
  const row = page.getByRole('row', { name: new RegExp(subject) })
  await expect(row).toContainText('Nouveau')
  await expect(row).toContainText('Non attribué')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/tickets-1440.png' })
  await page.keyboard.press('j')
  await expect(row).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `#${number} ${subject}` })).toBeVisible()
  await settled(page)

  // Line breaks and the list of two stand as they were said.
  await expect(thread(page).getByRole('listitem').first().getByRole('listitem')).toHaveText([
    'ni SMS',
    'ni e-mail',
  ])
  await wellMade(page)

  await page.keyboard.press('r')
  await expect(reply(page)).toBeFocused()
  await page.keyboard.type('Bonjour,\nnous **regardons**.')
  await expect(isKept(page)).toBeVisible()
  await page.getByRole('button', { name: 'Aperçu' }).click()
  await expect(page.locator('strong')).toHaveText('regardons')
  await page.getByRole('button', { name: 'Écrire' }).click()
  // What was written outlives the window.
  await page.reload()
  await settled(page)
  await expect(reply(page)).toHaveValue('Bonjour,\nnous **regardons**.')

  await reply(page).press('Control+Enter')
  await expect(toast(page)).toContainText('Réponse envoyée')
  await expect(reply(page)).toHaveValue('')
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(reply(page)).toHaveValue('Bonjour,\nnous **regardons**.')
  await expect(thread(page)).toContainText('retirée avant son envoi')

  await reply(page).fill('Bonjour,\nc’est réparé.')
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await expect(thread(page)).toContainText('c’est réparé.')
  await expect(thread(page)).toContainText(/Part dans \d+/)
  const said = await saidIn(page, id)
  expect(said.filter(({ takenBack }) => !takenBack).map(({ body }) => body)).toEqual([
    'Bonjour,\nrien ne part :\n\n- ni SMS\n- ni e-mail',
    'Bonjour,\nc’est réparé.',
  ])
  await page.screenshot({ path: 'screenshots/ticket-1440.png' })
})

test('a note looks unlike a reply and calls a colleague; a field saves itself', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const { id } = await aTicket(page, 'Une note')
  await page.goto(`/tickets/${id}`)
  await settled(page)
  await page.keyboard.press('n')
  const note = page.getByRole('textbox', { name: 'Note interne' })
  await expect(note).toBeFocused()
  await page.keyboard.type('À vérifier')
  await page.getByRole('button', { name: 'Mentionner un collègue' }).click()
  await page.getByRole('menuitem', { name: 'Sophie Garnier' }).click()
  await expect(note).toHaveValue('À vérifier @Sophie Garnier ')
  await wellMade(page)
  await page.getByRole('button', { name: 'Ajouter la note' }).click()
  const shown = thread(page).getByRole('listitem').filter({ hasText: 'À vérifier' })
  await expect(shown).toContainText('Note interne')
  const [, kept] = await saidIn(page, id)
  expect(kept).toMatchObject({ kind: 'note', leavesAt: null, mentions: [{ name: 'Sophie Garnier' }] })

  await page.getByRole('combobox', { name: 'Priorité' }).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  await expect(isKept(page)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Historique' })).toContainText('a changé la priorité')
  await page.getByRole('button', { name: 'Attendre le client', exact: true }).click()
  await page.keyboard.type('une capture d’écran')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Suivi' })).toContainText('une capture d’écran')
  await expect(page.getByRole('main')).toContainText('en pause')
})

test('two agents: what the other said is read before mine goes, and of a field both choices are shown', async ({
  open,
  faults,
}) => {
  faults.allow(/409/)
  // News that do not come, below.
  faults.allow(/ERR_FAILED/)
  const page = await open('support')
  const other = await open('administrator')
  await Promise.all([page.goto('/'), other.goto('/')])
  const { id } = await aTicket(page, 'À deux')
  await page.goto(`/tickets/${id}`)
  await other.goto(`/tickets/${id}`)
  await Promise.all([settled(page), settled(other)])
  await expect(page.getByRole('status').filter({ hasText: 'consulte ce ticket' })).toBeVisible()

  await reply(page).fill('Voici ma réponse.')
  await expect(isKept(page)).toBeVisible()
  await expect(other.getByText('Karim Benali écrit…')).toBeVisible()
  const seen = (await saidIn(other, id)).at(-1)?.id ?? null
  await post(other, addressOf(replyToTicket, { id }), { body: 'J’ai déjà répondu.', seenMessageId: seen })
  const warning = page.getByRole('alert').filter({ hasText: 'pendant que vous écriviez' })
  await reply(page).press('Control+Enter')
  await expect(warning).toContainText('J’ai déjà répondu.')
  await expect(reply(page)).toHaveValue('Voici ma réponse.')
  await wellMade(page)
  await warning.getByRole('button', { name: 'J’ai lu' }).click()
  await reply(page).press('Control+Enter')
  await expect(toast(page)).toContainText('Réponse envoyée')

  // Their news have not come when mine is chosen: the server tells, and both stand there.
  const priority = (on: Page) => on.getByRole('combobox', { name: 'Priorité' })
  await page.route(`**/api/v1/tickets/${id}`, async (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  )
  await priority(other).click()
  await other.getByRole('option', { name: 'Haute' }).click()
  await expect(isKept(other)).toBeVisible()
  await priority(page).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  const conflict = page.getByRole('alert').filter({ hasText: 'a changé ce ticket entre-temps' })
  await expect(conflict).toContainText(/À présent\s: Haute/)
  await expect(conflict).toContainText(/Votre choix\s: Urgente/)
  await page.unroute(`**/api/v1/tickets/${id}`)
  await conflict.getByRole('button', { name: 'Garder mon choix' }).click()
  await expect(conflict).toHaveCount(0)
  await expect(priority(other)).toContainText('Urgente')
})

test('a ticket is resolved and comes back; many are taken at once, and given back', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const one = await aTicket(page, 'En nombre')
  const two = await aTicket(page, 'En nombre')
  await page.goto(`/tickets/${one.id}`)
  await settled(page)
  const header = page.getByRole('main').locator('header')
  await page.keyboard.press('e')
  await expect(header).toContainText('Résolu')
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  // As it was, not opened again.
  await expect(header).toContainText('Nouveau')

  await page.goto('/tickets?queue=unassigned&q=En+nombre')
  await settled(page)
  for (const { subject } of [one, two])
    await page.getByRole('checkbox', { name: new RegExp(subject) }).check()
  await page
    .getByRole('region', { name: 'Sélection' })
    .getByRole('button', { name: 'Me les attribuer' })
    .click()
  await expect(toast(page)).toContainText('2 tickets vous sont attribués')
  await expect(page.getByText('Aucun ticket ne correspond')).toBeVisible()
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(page.getByRole('row', { name: /En nombre/ })).toHaveCount(2)
})

test('on a telephone a queue is cards, and a ticket is answered with the thumb', async ({ open }) => {
  const page = await open('support', phone)
  await page.goto('/')
  const { id, subject } = await aTicket(page, 'Depuis un téléphone')
  await post(page, addressOf(addTicketNote, { id }), { body: 'Vu.' })
  await page.goto('/tickets?queue=all&sort=-opened')
  await wellMade(page)
  await page.getByRole('link', { name: new RegExp(subject) }).tap()
  await expect(thread(page)).toContainText('ni SMS')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/ticket-390.png' })
  await reply(page).fill('Merci, nous regardons.')
  await page.locator('input[type=file]').setInputFiles([
    { name: 'écran.png', mimeType: 'image/png', buffer: Buffer.from(onePixel, 'base64') },
    { name: 'réglages.txt', mimeType: '', buffer: Buffer.from('SMS : la veille') },
  ])
  await expect(page.getByRole('button', { name: /^Retirer/ })).toHaveCount(2)
  await page.getByRole('button', { name: 'Envoyer', exact: true }).tap()
  await expect(toast(page)).toContainText('Réponse envoyée')
  // A picture is shown, anything else is downloaded.
  const picture = thread(page).getByRole('img', { name: 'écran.png' })
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  await expect(thread(page).getByRole('link', { name: /réglages\.txt/ })).toHaveAttribute(
    'download',
    'réglages.txt',
  )
  await expect(page.getByRole('button', { name: /^Retirer/ })).toHaveCount(0)
  await wellMade(page)
})
