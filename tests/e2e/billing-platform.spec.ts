/** An invoice on its way through the approved platform, and the figures that are reported beside it. */
import type { Page } from '@playwright/test'
import { createDraft, finaliseInvoice } from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function posted(page: Page, endpoint: AnyEndpoint, data: object, params: object = {}) {
  const response = await page.request.post(addressOf(endpoint, { ...params }), { data })
  expect(response.status(), await response.text()).toBeLessThan(300)
  return (await response.json()) as { id: string; revision: number; number: string } // every one of these answers has them
}

async function issued(page: Page): Promise<{ id: string; number: string }> {
  const lastName = `Plateforme${Date.now().toString(36)}`
  const { id: clientId } = await posted(page, createClient, {
    kind: 'practitioner',
    status: 'active',
    firstName: 'Solène',
    lastName,
    email: `${lastName.toLowerCase()}@example.com`,
    address: '12, rue des Tilleuls',
    postalCode: '54000',
    city: 'Nancy',
    department: '54',
    siret: '73282932000074',
  })
  const { id, revision } = await posted(page, createDraft, {
    clientId,
    lines: [
      {
        description: 'Abonnement à MaGestionPsy',
        quantity: '1',
        unit: 'C62',
        unitPriceCents: 2_417,
        vatCategory: 'S',
        vatBasisPoints: 2_000,
      },
    ],
  })
  const { number } = await posted(page, finaliseInvoice, { revision }, { id })
  return { id, number }
}

async function wellMade(page: Page, name: string, width: 390 | 1440): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.screenshot({
      path: `screenshots/${name}-${width}-${colorScheme === 'dark' ? 'night' : 'day'}.png`,
      fullPage: true,
    })
  }
}

test('an invoice is deposited, refused with its reason, and stands in the list', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/')
  const { id, number } = await issued(page)
  await page.goto(`/invoices/${id}`)
  const card = page.getByRole('region', { name: 'Plateforme agréée' })
  await expect(card).toContainText('Pas encore déposée.')
  await card.getByRole('button', { name: 'Déposer' }).click()
  await expect(card).toContainText('Déposée (200)')

  await card.getByRole('button', { name: 'Simuler une réponse' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Statut' }).click()
  await page.getByRole('option', { name: 'Refusée (210)' }).click()
  await dialog.getByRole('combobox', { name: 'Motif' }).click()
  await page.getByRole('option', { name: 'Taux de TVA erroné' }).click()
  await dialog.getByRole('button', { name: 'Envoyer la réponse' }).click()
  await expect(dialog).toBeHidden()
  await expect(card).toContainText('Refusée (210)')
  await expect(card).toContainText('Taux de TVA erroné')
  // Beside what is owed the page says it too, and what is to be done next is a button.
  await expect(page.getByRole('main').getByText('Refusée (210)')).toHaveCount(3)
  await wellMade(page, 'billing-platform-card', 1440)

  await card.getByRole('button', { name: 'Avoir total' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /Avoir/ }).last().click()
  await expect(page).not.toHaveURL(new RegExp(id))
  await page.goto(`/invoices/${id}`)
  await expect(card.getByRole('link', { name: 'Avoir en brouillon' })).toBeVisible()

  await page.goto('/billing/platform')
  await expect(page.getByRole('row', { name: new RegExp(number) })).toContainText('Refusée (210)')
  await wellMade(page, 'billing-platform-deposits', 1440)
})

test('a period that is over is submitted', async ({ open, demonstration: { database } }) => {
  const page = await open('administrator', phone)
  await page.goto('/billing/platform?tab=reports')
  const due = page.getByRole('listitem').filter({ hasText: 'À transmettre' }).first()
  await due.getByRole('button', { name: /^Voir le détail/ }).click()
  await wellMade(page, 'billing-platform-reports', 390)
  const period = await due.getByRole('button', { name: /^Masquer le détail/ }).getAttribute('aria-label')
  await justSteppedUp(database)
  await due.getByRole('button', { name: 'Transmettre' }).click()
  const line = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: period ?? '' }) })
  await expect(line).toContainText('Transmise')
  await page.goto('/billing/platform')
  await wellMade(page, 'billing-platform-deposits', 390)
})
