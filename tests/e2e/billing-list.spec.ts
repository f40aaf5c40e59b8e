/** The list of invoices as one works with it: by keys, by amounts, as a file; and what a client's page tells of it. */
import { readFile } from 'node:fs/promises'
import { createDraft, listInvoices, saveBillingProfile } from '#contract/billing'
import { createClient } from '#contract/clients'
import { addressOf } from '#platform/contract/endpoint.ts'
import { settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('its keys work from the page, what is sought is found, and it is taken along as it stands', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/invoices')
  const rows = page.getByRole('grid', { name: 'Factures' }).locator('tr[data-index]')
  await expect(rows.first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('x')
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await page.keyboard.press('Escape')

  const response = await page.request.get(`${addressOf(listInvoices)}?state=unpaid&limit=1`)
  const [one] = ((await response.json()) as { rows: { number: string; inclCents: number }[] }).rows // as the contract has it
  const amount = (one?.inclCents ?? 0) / 100
  await page.getByRole('searchbox').fill(amount.toFixed(2).replace('.', ','))
  await expect(page).toHaveURL(/q=/)
  await settled(page)
  await expect(rows.first()).toContainText(
    new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2 }).format(amount),
  )

  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Exporter en CSV' }).click()
  const file = await readFile(await (await coming).path(), 'utf8')
  const lines = file.split('\r\n').slice(1, -1)
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(line).toMatch(new RegExp(`;-?${amount.toFixed(2).replace('.', ',')};`))

  for (const [word, found] of [
    ['avoir', 'Avoirs'],
    ['tva', 'Régime et exigibilité de la TVA'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(word)
    await expect(page.getByRole('option', { name: found, exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
  }
})

test('a client’s page tells of what was issued, counts drafts, and shows the SIREN invoices bear', async ({
  open,
}) => {
  const page = await open('administrator')
  const posted = async (address: string, data: object, method: 'post' | 'put' = 'post') => {
    const response = await page.request[method](address, { data })
    expect(response.status(), await response.text()).toBeLessThan(300)
    return (await response.json()) as { id: string } // each of them answers with what it made
  }
  const { id } = await posted(addressOf(createClient), {
    kind: 'practitioner',
    status: 'active',
    firstName: 'Irène',
    lastName: 'Sirenne',
    email: `sirenne-${Date.now()}@example.com`,
  })
  await posted(
    addressOf(saveBillingProfile, { id }),
    { audience: 'business', siren: '732829320', revision: 0 },
    'put',
  )
  await posted(addressOf(createDraft), { clientId: id })
  await posted(addressOf(createDraft), { clientId: id })
  await page.goto(`/clients/${id}`)
  await expect(page.getByText('732\u00a0829\u00a0320')).toBeVisible()
  await expect(page.getByText('d’après le profil de facturation')).toBeVisible()
  await expect(page.getByText('a modifié le profil de facturation')).toBeVisible()
  await page.getByRole('link', { name: '2 brouillons à finaliser' }).click()
  await expect(page).toHaveURL(/state=draft/)
  await page.getByRole('grid').locator('tr[data-index]').first().waitFor()
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: 'Aucun PDF' })).toBeDisabled()
})
