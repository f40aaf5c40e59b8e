/** From a session that was held to the money that came in for it, and the note that says so: on a telephone, and at a desk. */
import type { Page } from '@playwright/test'
import { bookAppointment } from '#contract/agenda'
import { getOwnProfile, getPractice, updateOwnProfile, updatePractice } from '#contract/cabinet'
import { recordPayment } from '#contract/fees'
import { createPatient } from '#contract/patients'
import { textOfPdf } from '../harness/pdf-text.ts'
import { downloadOf } from './run/downloads.ts'
import { callFrom, comesIn, opened, signsIn } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function wellMade(page: Page, picture: string): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: `screenshots/fees-${picture}.png` })
}

/** What the law wants said on a note. */
async function withMentions(page: Page): Promise<void> {
  const { revision } = await callFrom(page, getPractice)
  const address = { address: '12 rue des Tilleuls', postcode: '54000', city: 'Nancy' }
  await callFrom(page, updatePractice, { revision, ...address })
  const own = await callFrom(page, getOwnProfile)
  await callFrom(page, updateOwnProfile, {
    revision: own.revision,
    profession: 'Psychologue',
    rpps: '10001234565',
    adeli: null,
    siret: null,
    phone: '',
  })
}

const daysAgo = (days: number) => Temporal.Now.plainDateISO('Europe/Paris').subtract({ days }).toString()

async function held(page: Page, patientId: string, day: string, feeCents = 6000): Promise<string> {
  const body = { patientId, startsLocal: `${day}T10:00`, minutes: 50, feeCents }
  const { appointment } = await callFrom(page, bookAppointment, body)
  return appointment.id
}

/** French amounts have spaces that do not break. */
const amount = (text: string) => new RegExp(text.replaceAll(' ', '\\s'))

test('on a telephone: what is owed is collected, taken back and collected again; a note is issued, and its PDF says all that it must', async ({
  open,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Claire', 'Moreau')
  const claire = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(claire, staff, practice.email)
  await expect(claire.getByRole('banner')).toContainText(practice.name)

  await claire.goto('/fees')
  await expect(claire.getByText('Rien à encaisser')).toBeVisible()
  await wellMade(claire, 'empty-390')
  const { id: emma } = await callFrom(claire, createPatient, { firstName: 'Emma', lastName: 'Petit' })
  await held(claire, emma, daysAgo(40))
  await held(claire, emma, daysAgo(3), 5500)
  await claire.reload()
  const list = claire.getByRole('list', { name: 'À encaisser' })
  await expect(list.getByText('Emma Petit')).toHaveCount(2)
  await expect(claire.getByText(amount('115,00 € à encaisser'))).toBeVisible()
  await wellMade(claire, 'dues-390')

  await claire.getByRole('button', { name: 'Encaisser', exact: true }).click()
  const dialog = claire.getByRole('dialog', { name: 'Encaisser' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('petit')
  await claire.getByRole('option', { name: 'Emma Petit' }).click()
  await expect(dialog.getByLabel('Montant')).toHaveValue('115,00')
  await dialog.getByLabel('Montant').fill('60')
  await wellMade(claire, 'pay-390')
  await dialog.getByRole('button', { name: amount('Encaisser 60,00 €') }).click()
  await expect(claire.getByText(amount('60,00 € encaissés'))).toBeVisible()
  await expect(claire.getByText(amount('55,00 € à encaisser'))).toBeVisible()
  await claire.getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(claire.getByText('Paiement annulé')).toBeVisible()
  await expect(claire.getByText(amount('115,00 € à encaisser'))).toBeVisible()

  await callFrom(claire, recordPayment, {
    requestId: crypto.randomUUID(),
    patientId: emma,
    cents: 6000,
    method: 'cheque',
    receivedOn: daysAgo(0),
    reference: '0012345',
  })
  await claire.getByRole('tab', { name: 'Paiements' }).click()
  await expect(claire.getByText(amount('60,00 € au total'))).toBeVisible()
  await expect(claire.getByText('Annulé', { exact: true })).toHaveCount(2)
  await wellMade(claire, 'payments-390')

  // Nothing is issued before the practice and its practitioner are known.
  await claire.goto(`/fees/new-note?patient=${emma}`)
  await expect(claire.getByText('votre numéro RPPS (ou ADELI)')).toBeVisible()
  await expect(claire.getByRole('link', { name: 'Ouvrir les réglages' })).toBeVisible()
  await wellMade(claire, 'missing-390')
  await withMentions(claire)
  await claire.reload()
  await expect(claire.getByRole('img', { name: 'Aperçu de la note d’honoraires' })).toBeVisible()
  await wellMade(claire, 'new-note-390')
  // A note is a month's unless somebody chooses more.
  await expect(claire.getByText(amount('Total 55,00 €'))).toBeVisible()
  await claire.getByRole('button', { name: 'Tout cocher (2)' }).click()
  await expect(claire.getByText(amount('Total 115,00 €'))).toBeVisible()
  await expect(claire.getByRole('img', { name: 'Aperçu de la note d’honoraires' })).toBeVisible()
  await claire.getByRole('button', { name: 'Émettre la note' }).click()
  const sheet = claire.getByRole('dialog', { name: /^Note NH-\d{4}-0001$/ })
  await expect(sheet).toBeVisible()
  await wellMade(claire, 'note-390')
  const { name, bytes } = await downloadOf(claire, sheet.getByRole('link', { name: 'Télécharger le PDF' }))
  expect(name).toMatch(/^NH-\d{4}-0001\.pdf$/)
  const text = textOfPdf(bytes).replaceAll(/\s+/g, ' ')
  for (const said of [
    'Claire Moreau',
    'Psychologue',
    'RPPS : 10001234565',
    '12 rue des Tilleuls',
    'Emma Petit',
    '115,00 €',
    '(chèque) 60,00 €',
    'Reste à payer 55,00 €',
    'article 261, 4-1° du CGI',
  ])
    expect(text).toContain(said)
})

test('at a desk: lines are chosen and paid in part, paid once though two press, given back; a note is cancelled and keeps its number', async ({
  open,
  faults,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Paul', 'Rousseau')
  const paul = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(paul, staff, practice.email)
  await expect(paul.getByRole('banner')).toContainText(practice.name)
  await withMentions(paul)
  const { id: emma } = await callFrom(paul, createPatient, { firstName: 'Emma', lastName: 'Petit' })
  const { id: noe } = await callFrom(paul, createPatient, { firstName: 'Noé', lastName: 'Blanc' })
  for (const days of [50, 20, 5]) await held(paul, emma, daysAgo(days))
  await held(paul, noe, daysAgo(7), 4500)

  // From the patient’s own page.
  await paul.goto(`/patients/${emma}`)
  const card = paul.getByRole('region', { name: 'Honoraires' })
  await expect(card.getByText(amount('180,00 €'))).toBeVisible()
  await card.getByText(amount('180,00 €')).click()
  await expect(paul).toHaveURL(new RegExp(`/fees\\?.*patient=${emma}`))
  await expect(paul.getByText(amount('180,00 € à encaisser'))).toBeVisible()
  await wellMade(paul, 'dues-1440')

  const other = await open('nobody', { baseURL: server.practiceUrl })
  await signsIn(other, practice.email)
  await expect(other.getByRole('banner')).toContainText(practice.name)
  await other.goto(`/fees?patient=${emma}`)
  const pay = async (page: Page) => {
    await page
      .getByRole('checkbox', { name: /Sélectionner Emma Petit/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'Sélection' }).getByRole('button', { name: 'Encaisser' }).click()
    await expect(page.getByRole('dialog').getByLabel('Montant')).toHaveValue('60,00')
  }
  await pay(paul)
  await pay(other)
  await wellMade(paul, 'pay-1440')
  await paul.getByRole('button', { name: amount('Encaisser 60,00 €') }).click()
  await expect(paul.getByText(amount('60,00 € encaissés'))).toBeVisible()
  faults.allow(/409: POST .*\/payments$/, /console: .*409/)
  await other.getByRole('button', { name: amount('Encaisser 60,00 €') }).click()
  await expect(
    other.getByRole('alert').getByText(/Déjà réglé\s: Paul Rousseau l’a enregistré le/),
  ).toBeVisible()

  await paul.goto('/fees?tab=payments')
  await paul
    .getByRole('row', { name: /Emma Petit/ })
    .getByRole('button', { name: /Actions/ })
    .click()
  await paul.getByRole('menuitem', { name: 'Rembourser…' }).click()
  const refund = paul.getByRole('dialog', { name: 'Rembourser' })
  await refund.getByLabel('Montant').fill('10,50')
  await refund.getByRole('button', { name: amount('Rembourser 10,50 €') }).click()
  await expect(paul.getByText(amount('49,50 € au total'))).toBeVisible()
  await wellMade(paul, 'payments-1440')
  const csv = await downloadOf(paul, paul.getByRole('link', { name: 'Exporter en CSV' }))
  expect(csv.text).toContain(';-10,50;')

  await paul.goto(`/fees/new-note?patient=${noe}`)
  await expect(paul.getByRole('img', { name: 'Aperçu de la note d’honoraires' })).toBeVisible()
  await wellMade(paul, 'new-note-1440')
  await paul.getByRole('button', { name: 'Émettre la note' }).click()
  const sheet = paul.getByRole('dialog', { name: /^Note NH-\d{4}-0001$/ })
  await wellMade(paul, 'note-1440')
  await sheet.getByRole('button', { name: 'Annuler la note' }).click()
  const cancelling = paul.getByRole('dialog', { name: /^Annuler la note/ })
  await cancelling.getByLabel('Motif').fill('Erreur d’adresse')
  await cancelling.getByRole('button', { name: 'Annuler la note' }).click()
  await expect(sheet.getByText('Annulée', { exact: true })).toBeVisible()
  const { bytes } = await downloadOf(paul, sheet.getByRole('link', { name: 'Télécharger le PDF' }))
  expect(textOfPdf(bytes)).toContain('ANNULÉE')
  await paul.goto('/fees?tab=notes')
  await expect(paul.getByText(/^NH-\d{4}-0001$/)).toBeVisible()
  await wellMade(paul, 'notes-1440')
})
