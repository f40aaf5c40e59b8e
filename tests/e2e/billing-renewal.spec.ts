/** Who subscribes, what changes, and the run that invoices: preview, run, review, release. */
import type { Page } from '@playwright/test'
import { getSubscription, startSubscription } from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf } from '#platform/contract/endpoint.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()

let made = 0
async function aSubscriber(page: Page): Promise<{ id: string; name: string }> {
  const lastName = `Abonnel${'abcdefghij'.charAt(made++ % 10)}${Date.now().toString(36)}`
  const client = await page.request.post(addressOf(createClient), {
    data: {
      kind: 'practitioner',
      status: 'prospect',
      firstName: 'Lucie',
      lastName,
      email: `${lastName.toLowerCase()}@example.com`,
      address: '12, rue des Tilleuls',
      postalCode: '54000',
      city: 'Nancy',
      department: '54',
      siret: '73282932000074',
    },
  })
  const { id: clientId } = (await client.json()) as { id: string } // as the contract says
  const catalogue = (await (await page.request.get('/api/v1/catalogue')).json()) as {
    plans: { id: string; key: string }[]
  }
  const started = await page.request.post(addressOf(startSubscription), {
    data: {
      clientId,
      planId: catalogue.plans.find(({ key }) => key === 'solo')?.id,
      startsOn: today(),
      trialDays: 0,
      holdForReview: true,
    },
  })
  expect(started.status(), await started.text()).toBe(201)
  return { id: ((await started.json()) as { id: string }).id, name: `Lucie ${lastName}` }
}

test('a renewal is previewed, run, looked at and released', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id, name } = await aSubscriber(page)

  await page.goto('/renewals')
  await page.getByLabel('Échéances jusqu’au').fill(today())
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('29,00')

  await page.getByRole('button', { name: 'Lancer le renouvellement' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Chaque période est facturée une seule fois')
  await dialog.getByRole('button', { name: 'Facturer' }).click()
  await expect(dialog).toBeHidden()

  const held = page.getByRole('region', { name: /retenue/ })
  await expect(held).toContainText(name)
  await held.getByRole('button', { name: /Libérer/ }).click()
  await expect(held.getByText(name)).toBeHidden()

  await page.goto(`/subscriptions/${id}`)
  await expect(page.getByRole('region', { name: 'Périodes facturées' })).toContainText(/FA-\d{4}-\d{6}/)
  const after = (await (await page.request.get(addressOf(getSubscription, { id }))).json()) as {
    periods: unknown[]
  }
  expect(after.periods).toHaveLength(1)
})

test('a change of plan is shown to the cent before it is made', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id } = await aSubscriber(page)
  await page.goto(`/subscriptions/${id}`)
  await page.getByRole('button', { name: 'Changer de formule' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Formule').click()
  await page.getByRole('option', { name: 'Cabinet' }).click()
  await expect(dialog.getByRole('region', { name: 'Effet du changement' })).toContainText('24,17')
  await dialog.getByRole('button', { name: 'Changer de formule' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Abonnement', exact: true })).toContainText('Cabinet')
})

test('who cancels is told what is still invoiced, and who subscribes already is known when chosen', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id } = await aSubscriber(page)
  await page.goto(`/subscriptions/${id}`)
  const next = page.getByRole('region', { name: 'Prochaine facture' })
  await next.getByRole('button', { name: 'Ligne ponctuelle' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Description').fill('Formation à distance')
  await dialog.getByLabel('Prix unitaire HT').fill('90')
  await dialog.getByRole('button', { name: 'Ajouter' }).click()
  await expect(next).toContainText('Formation à distance')
  await expect(next.getByRole('button', { name: 'Retirer la ligne : Formation à distance' })).toBeVisible()

  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Résilier')
  const effect = dialog.getByRole('region', { name: 'Ce que cela facture et rend' })
  await expect(effect).toContainText('90,00 € HT, soit 108,00 € TTC')
  await dialog.getByRole('button', { name: 'Résilier' }).click()
  await expect(page.getByText('Abonnement terminé')).toBeVisible()

  // Who has a subscription is told so before anything is filled in.
  const other = await aSubscriber(page)
  await page.goto('/subscriptions/new')
  await page.getByRole('combobox', { name: 'Client' }).fill(other.name)
  await page.getByRole('option', { name: other.name }).click()
  await page.getByRole('link', { name: 'Ouvrir son abonnement' }).click()
  await expect(page).toHaveURL(`/subscriptions/${other.id}`)
})

for (const [device, options] of [
  ['on a desk', {}],
  ['on a phone', phone],
] as const)
  test(`the screens are readable by everybody ${device}`, async ({ open }) => {
    const page = await open('administrator', options)
    await page.goto('/')
    const { id } = await aSubscriber(page)
    for (const address of [
      '/subscriptions',
      `/subscriptions/${id}`,
      '/catalogue',
      '/renewals',
      '/subscriptions/new',
    ]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
    }
  })
