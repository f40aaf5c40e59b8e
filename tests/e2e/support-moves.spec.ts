/** Two tickets that are one, one that is two, and one that is none: each put right, and each put back. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { addTicketNote, openTicket, replyToTicket, saveTicketDraft } from '#contract/support'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

let made = 0
/** Somebody who asks twice: two tickets of one customer, the younger last. */
async function askedTwice(page: Page, subject: string) {
  const requesterEmail = `odile.fournier.${++made}.${Date.now()}@example.com`
  const ask = async (body: string) => {
    const data = { subject, body, requesterName: 'Odile Fournier', requesterEmail }
    const response = await page.request.post(addressOf(openTicket), { data })
    expect(response.status(), await response.text()).toBe(201)
    return openTicket.output.parse(await response.json())
  }
  return {
    first: await ask('Les rappels ne partent plus depuis lundi.'),
    second: await ask('Les rappels ne partent toujours plus.'),
  }
}

async function done(page: Page, how: 'post' | 'put', address: string, data: object): Promise<void> {
  const response = await page.request[how](address, { data })
  expect(response.status(), await response.text()).toBeLessThan(300)
}

/** @param shot what a picture of it is called */
async function wellMade(page: Page, shot?: string): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  if (shot) await page.screenshot({ path: `screenshots/${shot}.png` })
}

const themes = [
  ['day', 'light'],
  ['night', 'dark'],
] as const

const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const thread = (page: Page) => page.getByRole('list', { name: 'Conversation' })
const history = (page: Page) => page.getByRole('region', { name: 'Historique' })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const duplicate = (page: Page) => page.getByRole('complementary', { name: 'Doublon possible' })
const reply = (page: Page) => page.getByRole('textbox', { name: 'Réponse au client' })
const undo = (page: Page) => toast(page).getByRole('button', { name: 'Annuler l’action' })

async function visit(page: Page, id: string): Promise<void> {
  await page.goto(`/tickets/${id}`)
  await settled(page)
}

for (const [theme, colorScheme] of themes)
  test(`a duplicate is found and merged with one press, and taken apart again, by ${theme}`, async ({
    open,
  }) => {
    const page = await open('support', { colorScheme })
    await page.goto('/')
    const { first, second } = await askedTwice(page, 'Les rappels ne partent plus')
    await visit(page, second.id)
    await expect(duplicate(page)).toContainText(`#${first.number}`)
    await wellMade(page, `ticket-duplicate-${theme}-1440`)

    await duplicate(page)
      .getByRole('button', { name: `Fusionner #${second.number} dans #${first.number}` })
      .click()
    await expect(heading(page)).toContainText(`#${first.number}`)
    await expect(thread(page)).toContainText('Les rappels ne partent toujours plus.')
    await expect(thread(page)).toContainText(`du #${second.number}`)
    await expect(toast(page)).toContainText(`#${second.number} est fusionné dans le #${first.number}`)
    await wellMade(page, `ticket-merged-${theme}-1440`)

    await undo(page).click()
    await expect(heading(page)).toContainText(`#${second.number}`)
    await expect(thread(page)).toContainText('Les rappels ne partent toujours plus.')
    await expect(reply(page)).toBeVisible()

    // Told apart it is suggested no more, in either.
    await duplicate(page).getByRole('button', { name: 'Ignorer' }).click()
    await expect(duplicate(page)).toHaveCount(0)
    await visit(page, first.id)
    await expect(duplicate(page)).toHaveCount(0)
  })

test('a ticket is merged by keyboard; what was being written is kept, and its history takes all back', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/')
  const { first, second } = await askedTwice(page, 'L’agenda reste blanc')
  await done(page, 'put', addressOf(saveTicketDraft, { id: second.id, kind: 'reply' }), {
    body: 'Bonjour Odile, je regarde',
  })
  await visit(page, second.id)
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: `Fusionner le ticket #${second.number}` })
  const target = dialog.getByRole('combobox', { name: 'Dans le ticket' })
  await target.fill(String(first.number))
  await page.getByRole('option', { name: new RegExp(`#${first.number}`) }).click()
  await wellMade(page, 'ticket-merging-1440')
  await page.keyboard.press('Control+Enter')
  await expect(heading(page)).toContainText(`#${first.number}`)

  const begun = page.getByRole('complementary', {
    name: new RegExp(`commencé ceci dans le #${second.number}`),
  })
  await expect(begun).toContainText('Bonjour Odile, je regarde')
  await wellMade(page)
  await begun.getByRole('button', { name: 'Reprendre' }).click()
  await expect(reply(page)).toHaveValue('Bonjour Odile, je regarde')
  await expect(begun).toHaveCount(0)

  // Whoever kept the old address is told where it lives.
  await visit(page, second.id)
  await expect(page.getByRole('region', { name: new RegExp(`Fusionné dans #${first.number}`) })).toBeVisible()
  await expect(reply(page)).toHaveCount(0)
  await wellMade(page, 'ticket-put-away-1440')
  await page.getByRole('link', { name: `Ouvrir le #${first.number}` }).click()
  await expect(heading(page)).toContainText(`#${first.number}`)

  // What is said here since stays here.
  await done(page, 'post', addressOf(addTicketNote, { id: first.id }), { body: 'Dit après la fusion.' })
  await history(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(toast(page)).toContainText('tout est revenu à sa place')
  await expect(thread(page)).not.toContainText('toujours plus')
  await expect(thread(page)).toContainText('Dit après la fusion.')
  await visit(page, second.id)
  await expect(thread(page)).toContainText('toujours plus')
})

test('another question gets a ticket of its own, another message moves to where it belongs, and both come back', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/')
  const { first, second } = await askedTwice(page, 'Deux questions')
  await done(page, 'post', addressOf(addTicketNote, { id: second.id }), {
    body: 'C’est une facture en double.',
  })
  await visit(page, second.id)
  await page.keyboard.press('x')
  const choice = page.getByRole('checkbox', { name: /Choisir le message de Karim Benali/ })
  await choice.check()
  const bar = page.getByRole('region', { name: 'Sélection' })
  await expect(bar).toContainText('1')
  await wellMade(page, 'ticket-choosing-1440')
  await bar.getByRole('button', { name: 'Séparer…' }).click()
  await page.getByRole('textbox', { name: 'Objet du nouveau ticket' }).fill('Une facture en double')
  await wellMade(page)
  await page.getByRole('button', { name: 'Créer le ticket' }).click()
  await expect(heading(page)).toContainText('Une facture en double')
  await expect(thread(page)).toContainText('C’est une facture en double.')
  await expect(history(page)).toContainText(`a créé ce ticket avec un message du #${second.number}`)
  await undo(page).click()
  await expect(heading(page)).toContainText(`#${second.number}`)
  await expect(thread(page)).toContainText('C’est une facture en double.')

  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Choisir des messages' }).click()
  await choice.check()
  await bar.getByRole('button', { name: 'Déplacer…' }).click()
  await page.getByRole('combobox', { name: 'Vers le ticket' }).fill(String(first.number))
  await page.getByRole('option', { name: new RegExp(`#${first.number}`) }).click()
  await page.getByRole('button', { name: `Déplacer dans #${first.number}` }).click()
  await expect(thread(page)).not.toContainText('C’est une facture en double.')
  await expect(toast(page)).toContainText(`du #${second.number} au #${first.number}`)
  await undo(page).click()
  await expect(thread(page)).toContainText('C’est une facture en double.')
})

for (const [theme, colorScheme] of themes)
  test(`on a telephone a duplicate is merged, and a ticket thrown away and fetched back, with the thumb, by ${theme}`, async ({
    open,
  }) => {
    const page = await open('support', { ...phone, colorScheme })
    await page.goto('/')
    const { first, second } = await askedTwice(page, 'Depuis le train')
    await visit(page, second.id)
    await wellMade(page, `ticket-duplicate-${theme}-390`)
    await duplicate(page)
      .getByRole('button', { name: /^Fusionner/ })
      .tap()
    await expect(heading(page)).toContainText(`#${first.number}`)
    await wellMade(page)

    await page.getByRole('button', { name: 'Autres actions' }).tap()
    await page.getByRole('menuitem', { name: 'Choisir des messages' }).tap()
    await page
      .getByRole('checkbox', { name: /Choisir le message/ })
      .first()
      .tap()
    await wellMade(page, `ticket-choosing-${theme}-390`)
    await page.getByRole('button', { name: 'Tout désélectionner' }).tap()

    await page.getByRole('button', { name: 'Autres actions' }).tap()
    await page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).tap()
    await expect(page.getByRole('region', { name: 'Ce ticket est à la corbeille' })).toBeVisible()
    await wellMade(page, `ticket-trashed-${theme}-390`)
    await page.goto('/tickets?queue=trash')
    await wellMade(page)
    await page.getByRole('link', { name: /Depuis le train/ }).tap()
    await page.getByRole('button', { name: 'Restaurer' }).tap()
    await expect(reply(page)).toBeVisible()
  })

test('whoever still writes in a ticket that was merged is told, and their words are kept', async ({
  open,
  faults,
}) => {
  faults.allow(/409/)
  const [page, other] = [await open('support'), await open('administrator')]
  await Promise.all([page.goto('/'), other.goto('/')])
  const { first, second } = await askedTwice(page, 'À deux dessus')
  const refused = await page.request.post(addressOf(replyToTicket, { id: second.id }), {
    data: { body: 'Un instant.', seenMessageId: null },
  })
  expect(refused.status()).toBe(409)
  await visit(page, second.id)
  await reply(page).fill('J’écris encore.')
  await expect(page.getByText(/Enregistré automatiquement à/).first()).toBeVisible()
  await visit(other, second.id)
  await duplicate(other)
    .getByRole('button', { name: /^Fusionner/ })
    .click()
  await expect(heading(other)).toContainText(`#${first.number}`)
  // Without a reload: the news tell.
  await page.getByRole('link', { name: `Ouvrir le #${first.number}` }).click()
  const begun = page.getByRole('complementary', { name: /Vous aviez commencé/ })
  await expect(begun).toContainText('J’écris encore.')
})
