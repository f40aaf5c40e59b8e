import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true }
// An example of a bank's manual.
const iban = 'FR7630006000011234567890189'

test('another account is proposed by one, looked over and approved by another', async ({ open }) => {
  const page = await open('billing')
  await page.goto('/billing/settings?kind=bank')
  await settled(page)
  await page.getByRole('button', { name: 'Proposer un autre compte' }).click()
  const form = page.getByRole('dialog', { name: 'Banque' })
  await form.getByLabel('IBAN').fill('FR7630006000011234567890188')
  await expect(form.getByText(/clé de cet IBAN/)).toBeVisible()
  await form.getByLabel('IBAN').fill(iban)
  await form.getByLabel('BIC').fill('AGRIFRPP')
  await form.getByRole('button', { name: 'Voir sur une facture' }).click()
  const sample = form.getByRole('img', { name: 'Facture d’exemple avec ces réglages' })
  await expect(sample).toBeVisible()
  await expect.poll(() => sample.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/billing-settings-bank-form-1440.png' })
  await form.getByRole('button', { name: 'Proposer un autre compte' }).click()
  const waiting = page.getByRole('region', { name: 'Un autre compte attend une décision' })
  await expect(waiting).toContainText('FR76 3000 6000 0112 3456 7890 189')
  await expect(waiting).toContainText('Vous l’avez proposé')
  await expect(waiting.getByRole('button', { name: 'Approuver' })).toHaveCount(0)

  const other = await open('direction')
  await other.goto('/dashboard')
  await expect(other.getByRole('region', { name: 'Comptes bancaires à approuver' })).toContainText('0189')
  await other.goto('/billing/settings?kind=bank')
  await settled(other)
  const asked = other.getByRole('region', { name: 'Un autre compte attend une décision' })
  expect(await axeViolations(other)).toEqual([])
  await other.screenshot({ path: 'screenshots/billing-settings-bank-1440.png' })
  await asked.getByRole('button', { name: 'Approuver' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Approuver' }).click()
  await expect(asked).toHaveCount(0)
  const card = other.getByRole('region', { name: 'Banque' })
  await expect(card).toContainText('FR76 3000 6000 0112 3456 7890 189')
  // The news reaches who proposed it.
  await expect(page.getByRole('region', { name: 'Banque' })).toContainText('AGRIFRPP')
})

test('terms change from a day on, are withdrawn before they begin, and a wrong SIREN is named', async ({
  open,
  faults,
}) => {
  faults.allow(/400.*\/billing\/settings/)
  const page = await open('administrator')
  await page.goto('/billing/settings?kind=terms')
  await settled(page)
  await page.getByRole('button', { name: 'Modifier', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Conditions' })
  await form.getByLabel('Délai de paiement (jours)').fill('90')
  await form.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(form.getByRole('alert').first()).toBeVisible()
  await form.getByLabel('Délai de paiement (jours)').fill('45')
  await form.getByLabel('En vigueur à partir du').fill('2099-01-01')
  await form.getByRole('button', { name: 'Enregistrer' }).click()
  const versions = page.getByRole('region', { name: 'Versions' })
  await expect(versions.getByText('À venir')).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/billing-settings-terms-1440.png' })
  await versions.getByRole('button', { name: /Retirer la version du/ }).click()
  await expect(versions.getByText('Retirée').first()).toBeVisible()

  await page.getByRole('tab', { name: 'Société', exact: true }).click()
  await page.getByRole('button', { name: 'Modifier', exact: true }).click()
  const identity = page.getByRole('dialog', { name: 'Société' })
  await identity.getByLabel('SIREN').fill('123456789')
  await identity.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(identity.getByText(/Ce SIREN n’est pas valable/).first()).toBeVisible()
  await page.screenshot({ path: 'screenshots/billing-settings-identity-1440.png' })
  await page.keyboard.press('Escape')
  await expect(identity).toHaveCount(0)

  await page.getByRole('tab', { name: 'Taux d’intérêt' }).click()
  await expect(page.getByText('12,15 %').first()).toBeVisible()
  await page.screenshot({ path: 'screenshots/billing-settings-rates-1440.png' })
  await page.getByRole('tab', { name: 'Apparence' }).click()
  await expect(page.getByRole('img', { name: 'Logo de la société' })).toBeVisible()

  const phone = await open('auditor', narrow)
  for (const kind of ['identity', 'dunning', 'rates']) {
    await phone.goto(`/billing/settings?kind=${kind}`)
    await settled(phone)
    expect(await axeViolations(phone)).toEqual([])
    expect(await isTooWide(phone)).toBe(false)
    await phone.screenshot({ path: `screenshots/billing-settings-${kind}-390.png` })
  }
  await expect(phone.getByRole('button', { name: 'Modifier', exact: true })).toHaveCount(0)
})
