import { asAdmin } from './run/as-admin.ts'
import { aClient } from './run/clients.ts'
import { countShown } from './run/reading.ts'
import { axeViolations, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('a client is given to somebody, and everybody’s own clients are one filter away', async ({ open }) => {
  const page = await open('sales')
  const { id } = await aClient(page, {
    lastName: 'Confiée',
    firstName: 'Maud',
    email: 'maud.confiee@example.com',
  })
  await page.goto(`/clients/${id}/edit`)
  await settled(page)
  await page.getByRole('combobox', { name: /^Suivi par/ }).fill('Julien')
  await page.getByRole('option', { name: 'Julien Prévost' }).click()
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByText(/modifications enregistrées/)).toBeVisible()
  // On the card, and in what happened.
  await expect(page.getByRole('definition').filter({ hasText: 'Julien Prévost' })).toHaveCount(2)

  await page.goto('/clients')
  await settled(page)
  await page.getByRole('combobox', { name: 'Suivi par' }).click()
  await page.getByRole('option', { name: 'Moi', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/accountManager=me/)
  await settled(page)
  const chips = page.getByRole('list', { name: 'Filtres actifs' })
  await expect(chips.getByRole('listitem')).toHaveText([/Suivi par.*Moi/])
  await page.getByRole('button', { name: 'Colonnes' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Suivi par' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('row', { name: /Maud/ })).toContainText('Julien Prévost')
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/clients-account-manager-1440.png' })
})

test('who is limited to their own clients finds these everywhere, and nobody else', async ({
  open,
  demonstration,
  faults,
}) => {
  // Of a session whose token was just replaced some question is asked twice.
  faults.allow(/404/, /401/)
  const administrator = await open('administrator')
  const { id: foreign } = await aClient(administrator, {
    lastName: 'Lointain',
    firstName: 'Ange',
    email: 'ange.lointain@example.com',
  })
  const sales = `(SELECT id FROM roles WHERE key = 'sales')`
  await asAdmin(
    demonstration.database,
    `INSERT INTO role_limits (role_id, kind, value) VALUES (${sales}, 'own', '')`,
  )
  try {
    const page = await open('sales')
    await page.goto('/clients')
    await settled(page)
    const count = await countShown(page)
    await page.goto('/clients?accountManager=me')
    await settled(page)
    expect(await countShown(page)).toBe(count)
    await page.screenshot({ path: 'screenshots/clients-limited-1440.png' })
    await page.goto('/clients?q=lointain')
    await settled(page)
    await expect(page.getByText('ange.lointain@example.com')).toHaveCount(0)
    await page.goto(`/clients/${foreign}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('ange.lointain@example.com')).toHaveCount(0)

    await page.goto('/clients/new')
    await page.getByLabel('Nom', { exact: true }).fill('Proche')
    await page.getByLabel('E-mail').fill('proche@example.com')
    await page.getByRole('button', { name: 'Créer le client' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Proche' })).toBeVisible()
    await expect(page.getByRole('definition').filter({ hasText: /^Julien Prévost$/ })).toBeVisible()
  } finally {
    await asAdmin(demonstration.database, `DELETE FROM role_limits WHERE role_id = ${sales}`)
  }
})
