/** What an agent's hands do all day: keys on rows, undo, many at once, names and tags as one types, what was put off, news. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getTicket, openTicket, snoozeTicket } from '#contract/support'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

let made = 0
async function aTicket(page: Page, subject: string) {
  const response = await page.request.post(addressOf(openTicket), {
    data: {
      subject: `${subject} ${++made}`,
      body: 'Bonjour, rien ne part.',
      requesterName: 'Odile Fournier',
      requesterEmail: `odile.${made}.${Date.now()}@example.com`,
    },
  })
  expect(response.status(), await response.text()).toBe(201)
  return openTicket.output.parse(await response.json())
}
const now = async (page: Page, id: string) => {
  const response = await page.request.get(addressOf(getTicket, { id }))
  return getTicket.output.parse(await response.json())
}
async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const undo = (page: Page) => toast(page).getByRole('button', { name: 'Annuler l’action' }).last()

test('what was resolved or taken by mistake is new again, and says so', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const { id, subject, dueAt } = await aTicket(page, 'Résolu par mégarde')
  await page.goto('/tickets?queue=unassigned&sort=-opened')
  const row = page.getByRole('row', { name: new RegExp(subject) })
  await row.focus()
  await page.keyboard.press('e')
  await expect(toast(page)).toContainText('1 ticket résolu')
  await undo(page).click()
  await expect(toast(page)).toContainText('1 ticket est comme avant')
  expect(await now(page, id)).toMatchObject({ status: 'new', dueAt })

  await row.getByRole('checkbox').check()
  await page
    .getByRole('region', { name: 'Sélection' })
    .getByRole('button', { name: 'Me les attribuer' })
    .click()
  await expect(toast(page)).toContainText('1 ticket vous est attribué')
  await undo(page).click()
  await expect(row).toContainText('Nouveau')
  expect(await now(page, id)).toMatchObject({ status: 'new', assignee: null })

  // A priority for all that is selected.
  await row.getByRole('checkbox').check()
  await page.getByRole('region', { name: 'Sélection' }).getByRole('button', { name: 'Priorité' }).click()
  await page.getByRole('menuitem', { name: 'Haute' }).click()
  await expect(toast(page)).toContainText('1 ticket modifié')
  await expect(row).toContainText('Haute')
})

test('a row’s keys lead to its note, where @ proposes colleagues, and Esc leads back to the queue', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/')
  const { id, subject } = await aTicket(page, 'Une note')
  await page.goto('/tickets?queue=unassigned&sort=-opened')
  await page.getByRole('row', { name: new RegExp(subject) }).focus()
  await page.keyboard.press('n')
  const note = page.getByRole('textbox', { name: 'Note interne' })
  await expect(note).toBeFocused()
  await page.keyboard.type('Vu avec @soph')
  await expect(page.getByRole('list', { name: /Mentionner/ })).toContainText('Sophie Garnier')
  await wellMade(page)
  await page.keyboard.press('Enter')
  await expect(note).toHaveValue('Vu avec @Sophie Garnier ')
  await page.keyboard.press('Control+Enter')
  await expect(toast(page)).toContainText('Note ajoutée')

  // A tag in use comes before a new one.
  const tag = page.getByRole('textbox', { name: 'Ajouter une étiquette' })
  await tag.fill('Rapp')
  await expect(page.getByRole('list', { name: 'Étiquettes proposées' })).toContainText('Créer « Rapp »')
  await wellMade(page)
  await tag.press('Enter')
  await expect.poll(async () => (await now(page, id)).tags).toEqual(['rappels'])
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/queue=unassigned/)
  await expect(page).toHaveURL(/sort=-opened/)

  // Whom it calls is told under the bell.
  const sophie = await open('billing')
  await sophie.goto('/tickets')
  await sophie.getByRole('button', { name: /lerte/ }).click()
  await expect(
    sophie.getByRole('dialog', { name: 'Alertes' }).getByRole('link', { name: new RegExp(subject) }),
  ).toContainText('vous mentionne')
  await wellMade(sophie)
})

test('what was put off says until when and by whom, and stands in a queue of its own', async ({ open }) => {
  const page = await open('support')
  await page.goto('/')
  const { id, subject } = await aTicket(page, 'À revoir')
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const response = await page.request.put(addressOf(snoozeTicket, { id }), { data: { until } })
  expect(response.status()).toBe(200)
  await page.goto('/tickets?queue=snoozed')
  await expect(page.getByRole('row', { name: new RegExp(subject) })).toContainText('Reporté')
  await wellMade(page)
  await page.goto(`/tickets/${id}`)
  await expect(page.locator('header').getByText(/Reporté au .* par Karim Benali/)).toBeVisible()
  await page.getByRole('link', { name: 'Retour' }).click()
  await expect(page).toHaveURL(/\/tickets\?/)
})

test('a form sent empty says in words what it needs', async ({ open }) => {
  const page = await open('support')
  await page.goto('/tickets/new')
  await page.getByRole('button', { name: 'Ouvrir le ticket' }).click()
  await expect(page.getByText('Donnez un objet au ticket.')).toBeVisible()
  await expect(page.getByText(/Trop petit/)).toHaveCount(0)
  await wellMade(page)
})
