/** Whoever holds a document learns whether it is ours: without an account, and without handing it over. */
import { createDraft, finaliseInvoice } from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf } from '#platform/contract/endpoint.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('a person who is nobody drops a PDF: ours, with something added, altered, or unknown', async ({
  open,
}) => {
  const clerk = await open('billing')
  const posted = async (address: string, data: object) => {
    const response = await clerk.request.post(address, { data })
    expect(response.status(), await response.text()).toBeLessThan(300)
    return (await response.json()) as { id: string; revision: number; number: string }
  }
  const client = await posted(addressOf(createClient), {
    kind: 'practitioner',
    status: 'active',
    firstName: 'Mireille',
    lastName: 'Vérifiée',
    email: `verified-${Date.now()}@example.com`,
    address: '12, rue des Tilleuls',
    postalCode: '54000',
    city: 'Nancy',
    department: '54',
    siret: '73282932000074',
  })
  const line = { description: 'Abonnement à MaGestionPsy', quantity: '1', unit: 'C62', unitPriceCents: 2_417 }
  const draft = await posted(addressOf(createDraft), {
    clientId: client.id,
    lines: [{ ...line, vatCategory: 'S', vatBasisPoints: 2_000 }],
  })
  const { number } = await posted(addressOf(finaliseInvoice, { id: draft.id }), { revision: draft.revision })
  const pdf = await (await clerk.request.get(`/api/v1/invoices/${draft.id}/pdf`)).body()

  const visitor = await open('nobody', { viewport: { width: 390, height: 844 } })
  await visitor.goto('/verify')
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Vérifier un document')
  const drop = (buffer: Buffer) =>
    visitor
      .locator('input[type=file]')
      .setInputFiles({ name: `${number}.pdf`, mimeType: 'application/pdf', buffer })
  const verdict = visitor.getByRole('heading', { level: 2 }).first()

  await drop(pdf)
  await expect(verdict).toHaveText('Ce document est authentique')
  await expect(visitor.getByText(number, { exact: true })).toBeVisible()
  await expect(visitor.getByText(/29,00/)).toBeVisible()
  await settled(visitor)
  expect(await isTooWide(visitor)).toBe(false)
  expect(await axeViolations(visitor)).toEqual([])

  await drop(Buffer.concat([pdf, Buffer.from('\n% une annotation')]))
  await expect(verdict).toHaveText('L’original est intact, quelque chose a été ajouté après')

  const altered = Buffer.from(pdf)
  const at = pdf.indexOf('/Title')
  altered[at + 1] = 0x54 ^ 1
  await drop(altered)
  await expect(verdict).toHaveText('Ce document a été modifié')

  await drop(Buffer.from('%PDF-1.7\nautre chose'))
  await expect(verdict).toHaveText('Nous ne reconnaissons pas ce fichier')
})
