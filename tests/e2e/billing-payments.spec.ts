/** Getting paid: a payment by hand, a statement whose lines find their invoices, a direct debit, a card. */
import type { Page } from '@playwright/test'
import {
  addMandate,
  createDraft,
  finaliseInvoice,
  getInvoice,
  openCardCheckout,
  recordPaymentByHand,
  sendInvoice,
} from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
let made = 0

async function posted(page: Page, endpoint: AnyEndpoint, data: object, params: object = {}) {
  const response = await page.request.post(addressOf(endpoint, { ...params }), { data })
  expect(response.status(), await response.text()).toBeLessThan(300)
  return (await response.json()) as { id: string; revision: number } // every one of these answers has them
}

/** Somebody who owes an amount that nobody else owes; who is debited signed a mandate before. */
async function owing(page: Page, { isDebited = false } = {}) {
  await page.goto('/')
  const lastName = `Payeur${'abcdefghij'.charAt(made++ % 10)}${Date.now().toString(36)}`
  const { id: clientId } = await posted(page, createClient, {
    kind: 'practitioner',
    status: 'active',
    firstName: 'Odile',
    lastName,
    email: `${lastName.toLowerCase()}@example.com`,
    address: '12, rue des Tilleuls',
    postalCode: '54000',
    city: 'Nancy',
    department: '54',
    siret: '73282932000074',
  })
  const line = {
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
  if (isDebited)
    await posted(page, addMandate, {
      clientId,
      holder: `Odile ${lastName}`,
      iban: 'FR7610107001011234567890129',
      signedOn: '2026-09-01',
    })
  const paymentMeans = isDebited ? 'direct_debit' : 'transfer'
  const { id, revision } = await posted(page, createDraft, { clientId, lines: [line], paymentMeans })
  await posted(page, finaliseInvoice, { revision }, { id })
  const reply = await page.request.get(addressOf(getInvoice, { id }))
  const { number } = (await reply.json()) as { number: string } // an issued one has it
  return { clientId, id, number, name: `Odile ${lastName}` }
}

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })

test('a payment by hand pays the oldest invoice, and what is over stays as credit', async ({ open }) => {
  const page = await open('administrator')
  const { name, number, id } = await owing(page)
  await page.goto('/payments')
  await settled(page)
  await page.getByRole('button', { name: 'Enregistrer un règlement' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Client' }).fill(name)
  await page.getByRole('option', { name: new RegExp(name) }).click()
  await dialog.getByRole('textbox', { name: 'Montant' }).fill('40')
  await expect(dialog.getByRole('textbox', { name: `Affecté à ${number}` })).toHaveValue('29,00')
  await expect(dialog).toContainText('11,00')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/payment-record-1440.png' })
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(toast(page)).toContainText('enregistré')
  await expect(toast(page).getByRole('button', { name: number })).toBeVisible()
  await expect(page.getByRole('row').nth(1)).toContainText(name)
  await page.getByRole('searchbox').fill(name)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2')
  await expect(page.getByText('À affecter').last()).toBeVisible()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/payments-1440.png' })
  await page.goto(`/invoices/${id}`)
  await settled(page)
  await expect(page.getByText('Payée').first()).toBeVisible()
})

test('what a client has to their credit is offered before more is written down', async ({ open }) => {
  const page = await open('administrator')
  const { name, number, clientId } = await owing(page)
  await posted(page, recordPaymentByHand, {
    clientId,
    amountCents: 1_100,
    receivedOn: '2026-11-02',
    method: 'cheque',
  })
  await page.goto('/payments')
  await settled(page)
  await page.getByRole('button', { name: 'Enregistrer un règlement' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Client' }).fill(name)
  await page.getByRole('option', { name: new RegExp(name) }).click()
  const credit = dialog.getByRole('region', { name: 'Déjà au crédit du client' })
  await expect(credit).toContainText('11,00')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/payment-credit-1440.png' })
  await credit.getByRole('button', { name: 'Affecter' }).click()
  await expect(dialog.getByRole('textbox', { name: `Affecté à ${number}` })).toHaveValue('11,00')
  await dialog.getByRole('button', { name: 'Affecter' }).click()
  await expect(dialog).toContainText('18,00')
  await expect(credit).toHaveCount(0)
})

test('a statement whose account or lines are doubtful says so, and is taken by who says so', async ({
  open,
}) => {
  const page = await open('administrator')
  const { name } = await owing(page)
  await page.goto('/bank')
  await settled(page)
  const send = async (fileName: string, mimeType: string, text: string) => {
    await page.getByRole('button', { name: 'Importer un relevé' }).click()
    await page
      .getByLabel('Choisir le fichier')
      .first()
      .setInputFiles({ name: fileName, mimeType, buffer: Buffer.from(text) })
    await expect(page.getByRole('heading', { name: fileName })).toBeVisible()
  }
  await send(
    'solde.csv',
    'text/csv',
    ['Date;Libellé;Montant', `02/11/2026;VIR ${name};12,00`, 'Solde;SOLDE;1 000,00'].join('\n'),
  )
  await expect(page.getByRole('alert')).toContainText('La ligne 3 (date) est illisible.')
  await page.getByRole('button', { name: 'Importer l’autre' }).click()
  const line = page.getByRole('listitem').filter({ hasText: `VIR ${name}` })
  await expect(line).toContainText('12,00 € sur 29,00 €'.replaceAll(' €', '\u00a0€'))
  await expect(page.getByText('une laissée de côté')).toBeVisible()
  const iban = 'FR7630006000011234567890189'
  await send(
    'ailleurs.xml',
    'application/xml',
    `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>${iban}</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>${Date.now()}</AcctSvcrRef></Ntry></Stmt></BkToCstmrStmt></Document>`,
  )
  const take = page.getByRole('button', { name: 'Importer', exact: true })
  await expect(page.getByRole('alert')).toContainText('0189')
  await expect(take).toBeDisabled()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/bank-foreign-1440.png', fullPage: true })
  await page.getByRole('checkbox', { name: 'Ce compte est bien à nous' }).click()
  await take.click()
  await expect(page.getByRole('main')).toContainText('ailleurs.xml · compte')
})

test('a statement is looked over, imported, and its sure lines are confirmed together', async ({ open }) => {
  const page = await open('administrator')
  const one = await owing(page)
  const other = await owing(page)
  await page.goto('/bank')
  await settled(page)
  await page.getByRole('button', { name: 'Importer un relevé' }).click()
  const today = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(new Date())
  const csv = [
    'Date;Libellé;Montant',
    `${today};VIR SEPA ${one.number} MERCI;29,00`,
    `${today};VIR ${other.name.toUpperCase()};29,00`,
    `${today};FRAIS ${made} ${Date.now()};-2,50`,
  ].join('\n')
  await page
    .getByLabel('Choisir le fichier')
    .first()
    .setInputFiles({ name: 'releve.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByRole('heading', { name: 'releve.csv' })).toBeVisible()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/bank-preview-1440.png', fullPage: true })
  await page.getByRole('button', { name: 'Importer', exact: true }).click()
  const line = (text: string) => page.getByRole('listitem').filter({ hasText: text })
  await expect(line(one.number).getByText(/^Sûr/)).toBeVisible()
  await expect(line(other.name.toUpperCase()).getByText(other.name, { exact: true })).toBeVisible()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/bank-1440.png', fullPage: true })
  await page.setViewportSize(phone.viewport)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/bank-390.png', fullPage: true })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Confirmer la sûre' }).click()
  await expect(line(one.number)).toHaveCount(0)
  await line(other.name.toUpperCase()).getByRole('button', { name: 'Confirmer' }).click()
  await expect(toast(page)).toContainText('Ligne rapprochée')
  await page.goto(`/invoices/${one.id}`)
  await settled(page)
  await expect(page.getByText('Payée').first()).toBeVisible()
})

test('a mandate is kept sealed, and its invoice says since when it could be collected', async ({ open }) => {
  const page = await open('administrator')
  const { id, name, number } = await owing(page, { isDebited: true })
  const ours = page.getByRole('listitem').filter({ hasText: number })
  await page.goto('/direct-debits')
  await settled(page)
  await expect(ours).toContainText('pas encore envoyée')
  await posted(
    page,
    sendInvoice,
    { to: 'odile@example.com', subject: `Facture ${number}`, body: `Bonjour ${name},` },
    { id },
  )
  await page.goto('/direct-debits')
  await settled(page)
  await expect(ours).toContainText('14 jours')
  await expect(page.getByRole('region', { name: 'Mandats' })).toContainText('•••• 0129')
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/direct-debits-1440.png', fullPage: true })
  await page.setViewportSize(phone.viewport)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/direct-debits-390.png', fullPage: true })
})

test('a card pays its invoice on the page of the sandbox', async ({ open }) => {
  const page = await open('administrator')
  const { id } = await owing(page)
  const { id: checkout } = await posted(page, openCardCheckout, {}, { id })
  await page.goto(`/card-sandbox/${checkout}`)
  await settled(page)
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/card-sandbox-1440.png' })
  await page.getByRole('button', { name: 'Payer', exact: true }).click()
  await expect(page.getByText('Payée')).toBeVisible()
  await page.getByRole('link', { name: 'Retour à la facture' }).click()
  await settled(page)
  await expect(page.getByText('Carte bancaire').first()).toBeVisible()
  await wellMade(page)
})
