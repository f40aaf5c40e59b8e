/** Documents by hand: an invoice from its first line to its payment, what corrects it, and a quote that becomes one. */
import type { Page } from '@playwright/test'
import {
  createDraft,
  createQuote,
  type DraftLine,
  finaliseInvoice,
  recordPaymentByHand,
} from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

const subscription: DraftLine = {
  description: 'Abonnement à MaGestionPsy',
  quantity: '1',
  unit: 'C62',
  unitPriceCents: 2_417,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: 'S',
  vatBasisPoints: 2_000,
  vatExemption: null,
  period: null,
}

let made = 0
/** A professional with all that a lawful invoice says of them. */
async function aClient(page: Page): Promise<{ id: string; name: string }> {
  const lastName = `Facturel${'abcdefghij'.charAt(made++ % 10)}${Date.now().toString(36)}`
  const { id } = await posted(page, createClient, {
    kind: 'practitioner',
    status: 'active',
    firstName: 'Mireille',
    lastName,
    email: `${lastName.toLowerCase()}@example.com`,
    address: '12, rue des Tilleuls',
    postalCode: '54000',
    city: 'Nancy',
    department: '54',
    siret: '73282932000074',
  })
  return { id, name: `Mireille ${lastName}` }
}

async function posted(
  page: Page,
  endpoint: AnyEndpoint,
  data: object,
  params: object = {},
): Promise<{ id: string; revision: number }> {
  const response = await page.request.post(addressOf(endpoint, { ...params }), { data })
  expect(response.status(), await response.text()).toBeLessThan(300)
  return (await response.json()) as { id: string; revision: number } // every one of these answers has them
}

async function anInvoice(page: Page, lines: readonly DraftLine[] = [subscription]): Promise<string> {
  const { id: clientId } = await aClient(page)
  const { id, revision } = await posted(page, createDraft, { clientId, lines })
  await posted(page, finaliseInvoice, { revision }, { id })
  return id
}

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const field = (page: Page, name: string, line: number) =>
  page.getByRole('textbox', { name: `${name}, ligne ${line}`, exact: true })
const isKept = (page: Page) => expect(page.getByText(/^Enregistré à/).first()).toBeVisible()
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const totals = (page: Page) => page.getByRole('region', { name: 'TVA et totaux' })

test('an invoice is typed line by line, finalised, sent and paid', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const client = await aClient(page)
  await page.goto('/invoices')
  await settled(page)
  await page.getByRole('link', { name: 'Nouvelle facture' }).click()
  await page.getByRole('combobox', { name: 'Client' }).fill(client.name)
  await page.getByRole('option', { name: new RegExp(client.name) }).click()

  // From the first field to the next line without a mouse.
  await field(page, 'Désignation', 1).fill('Abonnement à MaGestionPsy')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('24,17')
  for (const amount of ['24,17 €', '4,83 €', '29,00 €'])
    await expect(totals(page)).toContainText(amount.replace(' ', '\u00A0'))
  await page.keyboard.press('Enter')
  await expect(field(page, 'Désignation', 2)).toBeFocused()
  await page.keyboard.type('Guide imprimé')
  await field(page, 'Prix unitaire HT', 2).fill('20')
  const vat = page.getByRole('combobox', { name: 'TVA, ligne 2' })
  await vat.focus()
  await vat.selectOption('S 550')
  await field(page, 'Remise', 2).fill('10 %')
  await isKept(page)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/invoice-editor-1440.png', fullPage: true })

  // Up, down, away and back.
  await field(page, 'Désignation', 2).press('Alt+ArrowUp')
  await expect(field(page, 'Désignation', 1)).toHaveValue('Guide imprimé')
  await field(page, 'Désignation', 1).press('Alt+Delete')
  await expect(field(page, 'Désignation', 1)).toHaveValue('Abonnement à MaGestionPsy')
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(field(page, 'Désignation', 1)).toHaveValue('Guide imprimé')
  await field(page, 'Désignation', 1).press('Alt+Delete')
  await expect(totals(page)).toContainText('29,00\u00A0€')
  await isKept(page)

  // What was typed outlives the window.
  await page.waitForTimeout(1_500)
  await page.reload()
  await settled(page)
  await expect(field(page, 'Désignation', 1)).toHaveValue('Abonnement à MaGestionPsy')

  await page.getByRole('button', { name: 'Finaliser' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/FA-\d{4}-\d{6}/)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/invoice-finalise-1440.png' })
  await dialog.getByRole('button', { name: /^Finaliser FA-/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Facture FA-/ })).toBeVisible()
  await expect(page.locator('#main')).toBeFocused()
  await expect(page.getByText('Sans changement depuis son émission')).toBeVisible()
  // Its file is made behind our back, and the page says so without a reload.
  const proof = page.getByRole('region', { name: 'Preuve' })
  await expect(proof.getByText('PDF', { exact: true })).toBeVisible()
  await expect(proof.getByText(/^Le PDF n’est pas encore fait/)).toHaveCount(0)
  await expect(totals(page)).toContainText('29,00\u00A0€')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/invoice-issued-1440.png', fullPage: true })

  await page.getByRole('button', { name: 'Envoyer' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Objet' })).toHaveValue(/^Votre facture FA-/)
  await wellMade(page)
  await dialog.getByRole('button', { name: 'Envoyer' }).click()
  await expect(toast(page)).toContainText('E-mail envoyé')
  await expect(page.getByText('Envoi par e-mail')).toBeVisible()

  const id = new URL(page.url()).pathname.split('/').at(-1)
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format(new Date())
  await posted(page, recordPaymentByHand, {
    clientId: client.id,
    amountCents: 2_900,
    receivedOn: today,
    method: 'transfer',
    allocations: [{ invoiceId: id, amountCents: 2_900 }],
  })
  await expect(page.getByText('Payée', { exact: true })).toBeVisible()
})

test('what the law finds missing is said, and mended from where it is said', async ({ open, faults }) => {
  const page = await open('billing')
  const other = await open('administrator')
  await Promise.all([page.goto('/'), other.goto('/')])
  const { id: clientId } = await aClient(other)
  const { id } = await posted(page, createDraft, { clientId, lines: [{ ...subscription, description: '' }] })
  await page.goto(`/invoices/${id}`)
  await settled(page)
  const check = page.getByRole('region', { name: 'Contrôle avant émission' })
  await expect(check).toContainText('la désignation manque')
  await page.getByRole('button', { name: 'Finaliser' }).click()
  await expect(toast(page)).toContainText('à corriger avant de finaliser')
  await check.getByRole('button', { name: 'Corriger' }).first().click()
  await expect(field(page, 'Désignation', 1)).toBeFocused()
  await page.keyboard.type('Abonnement')
  await expect(check).not.toContainText('la désignation manque')

  // Two at once: nothing is lost unless one says so. Whoever has not heard of the other's yet is told by a refusal.
  faults.allow(/409.*\/draft/)
  await other.goto(`/invoices/${id}`)
  await settled(other)
  await field(other, 'Prix unitaire HT', 1).fill('30')
  await isKept(other)
  await field(page, 'Prix unitaire HT', 1).fill('40')
  await expect(
    page
      .getByRole('alert')
      .or(page.getByText(/^Enregistré à/))
      .first(),
  ).toBeVisible()
})

test('one cell that cannot be read keeps no other from being saved, says why beside itself, and holds whoever leaves', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/')
  const client = await aClient(page)
  await page.goto('/invoices')
  await settled(page)
  await page.keyboard.press('n')
  await page.getByRole('combobox', { name: 'Client' }).fill(client.name)
  await expect(page.getByRole('option', { name: new RegExp(client.name) })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Désignation', 1)).toBeFocused()
  await page.keyboard.type('Abonnement')
  await field(page, 'Prix unitaire HT', 1).fill('24.17')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Désignation', 2)).toBeFocused()
  await expect(field(page, 'Prix unitaire HT', 1)).toHaveValue('24,17')
  await page.keyboard.type('Guide imprimé')
  await field(page, 'Prix unitaire HT', 2).fill('9999999,99')
  const quantity = field(page, 'Quantité', 2)
  await quantity.fill('99999999999')
  await expect(quantity).toHaveAccessibleDescription(/neuf chiffres au plus/)
  await expect(page.getByText('Une case à corriger n’est pas enregistrée')).toBeVisible()
  const check = page.getByRole('region', { name: 'Contrôle avant émission' })
  await expect(check).toContainText('neuf chiffres au plus')
  await expect(check).not.toContainText('Rien à corriger')
  await wellMade(page)

  await page.getByRole('button', { name: 'Finaliser' }).click()
  await expect(quantity).toBeFocused()
  await expect(toast(page)).toContainText('neuf chiffres au plus')
  await page.getByRole('link', { name: 'Devis', exact: true }).click()
  await page.getByRole('button', { name: 'Rester sur la page' }).click()

  await quantity.fill('9999999')
  await expect(field(page, 'Prix unitaire HT', 2)).toHaveAccessibleDescription(/milliard/)
  await quantity.fill('1')
  await isKept(page)
  await expect(check).toContainText('Rien à corriger')
  await page.getByRole('link', { name: 'Devis', exact: true }).click()
  await expect(page).toHaveURL(/\/quotes/)
  await page.goBack()
  await expect(field(page, 'Désignation', 2)).toHaveValue('Guide imprimé')
})

test('an invoice is taken back by a credit note that cites it', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const id = await anInvoice(page)
  await page.goto(`/invoices/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Faire un avoir' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Raison' }).fill('Résiliation')
  await dialog.getByRole('button', { name: 'Avoir total de 29,00\u00A0€ TTC' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Avoir' })).toBeVisible()
  await expect(page.getByText('En référence à')).toBeVisible()
  await settled(page)
  await page.getByRole('button', { name: 'Finaliser' }).click()
  await page.getByRole('button', { name: /^Finaliser AV-/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Avoir AV-/ })).toBeVisible()
  await expect(page.getByText('Résiliation', { exact: true })).toBeVisible()
  await wellMade(page)
  await page.goto(`/invoices/${id}`)
  await expect(page.getByRole('region', { name: 'Documents liés' })).toContainText(/AV-\d{4}-\d{6}/)
  // Nobody paid it.
  await expect(page.getByText('Soldée par avoir', { exact: true })).toBeVisible()
  await expect(totals(page)).toContainText('Déduit par avoir')
})

test('of some lines a credit note says beforehand what it takes back, less their part of the discount', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id: clientId } = await aClient(page)
  const { id, revision } = await posted(page, createDraft, {
    clientId,
    lines: [subscription, { ...subscription, description: 'Guide imprimé', unitPriceCents: 1_000 }],
    discount: { basisPoints: 1_000, cents: 0, label: 'Fidélité' },
  })
  await posted(page, finaliseInvoice, { revision }, { id })
  await page.goto(`/invoices/${id}`)
  await settled(page)
  await expect(totals(page)).toContainText('Remise de 10\u00A0% (Fidélité)')
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Faire un avoir' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Certaines lignes' }).click()
  await dialog.getByText('Abonnement à MaGestionPsy').click()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/credit-note-dialog-1440.png' })
  await dialog.getByRole('button', { name: 'Avoir partiel de 21,75\u00A0€ HT' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Avoir' })).toBeVisible()
  await expect(totals(page)).toContainText('21,75\u00A0€')
})

test('a quote is offered, accepted, and invoiced by a deposit first', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id: clientId } = await aClient(page)
  const { id } = await posted(page, createQuote, {
    clientId,
    lines: [{ ...subscription, description: 'Mise en service', unitPriceCents: 100_000 }],
  })
  await page.goto(`/quotes/${id}`)
  await settled(page)
  await field(page, 'Désignation', 1).fill('Mise en service et formation')
  await isKept(page)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/quote-editor-1440.png', fullPage: true })
  await page.getByRole('button', { name: 'Émettre' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Émettre' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Devis DE-/ })).toBeVisible()
  await page.getByRole('button', { name: 'Noter l’accord' }).click()
  await expect(toast(page)).toContainText('Accord noté')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/quote-1440.png', fullPage: true })
  await page.getByRole('button', { name: 'Demander un acompte' }).click()
  await page.getByRole('button', { name: 'Préparer l’acompte' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Facture d’acompte' })).toBeVisible()
  await expect(field(page, 'Prix unitaire HT', 1)).toHaveValue('300,00')
  await page.goto('/quotes')
  await expect(page.getByRole('row', { name: /DE-/ }).first()).toContainText('Accepté')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/quotes-1440.png' })
})

test('on a telephone a line is a card, and nothing scrolls sideways', async ({ open }) => {
  const page = await open('administrator', phone)
  await page.goto('/')
  const { id: clientId } = await aClient(page)
  const { id } = await posted(page, createDraft, { clientId, lines: [subscription, subscription] })
  await page.goto(`/invoices/${id}`)
  await settled(page)
  await field(page, 'Quantité', 2).fill('2')
  await isKept(page)
  await expect(totals(page)).toContainText('87,01\u00A0€')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/invoice-editor-390.png', fullPage: true })
  const issued = await anInvoice(page)
  await page.goto(`/invoices/${issued}`)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/invoice-issued-390.png', fullPage: true })
})

test('among three hundred lines the keys lead as they do among three', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id: clientId } = await aClient(page)
  const lines = Array.from({ length: 300 }, (_, at) => ({ ...subscription, description: `Ligne ${at + 1}` }))
  const { id } = await posted(page, createDraft, { clientId, lines })
  await page.goto(`/invoices/${id}`)
  await settled(page)
  await field(page, 'Désignation', 1).focus()
  for (let presses = 0; presses < 30; presses++) await page.keyboard.press('ArrowDown')
  await expect(field(page, 'Désignation', 31)).toBeFocused()
  await page.getByRole('button', { name: 'Ajouter une ligne' }).click()
  await expect(field(page, 'Désignation', 301)).toBeFocused()
  await page.keyboard.type('La dernière')
  await isKept(page)
  await field(page, 'Désignation', 301).press('Alt+ArrowUp')
  await expect(field(page, 'Désignation', 300)).toHaveValue('La dernière')
  await expect(field(page, 'Désignation', 300)).toBeFocused()
})
