import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true }

test('hours are drawn, holidays looked over, and what is promised is written in hours and minutes', async ({
  open,
}) => {
  const page = await open('administrator')
  await page.goto('/support/promises')
  await settled(page)
  await page.getByRole('button', { name: 'Nouveaux horaires' }).click()
  const hours = page.getByRole('dialog', { name: 'Nouveaux horaires' })
  await hours.getByLabel('Nom').fill('Bureau de Lyon')
  await expect(hours.getByRole('img', { name: /Lundi : 09:00 – 12:30, 14:00 – 18:00/ })).toBeVisible()
  await hours.getByRole('button', { name: 'Ajouter une plage le Samedi' }).click()
  await expect(hours.getByRole('img', { name: /Samedi : 09:00 – 12:30/ })).toBeVisible()
  await hours.getByRole('checkbox', { name: 'Tous', exact: true }).click()
  await expect(hours.getByRole('checkbox', { name: /Noël/ }).first()).toBeChecked()
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/support-hours-1440.png' })
  await hours.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('region', { name: 'Bureau de Lyon' })).toBeVisible()

  await page.getByRole('button', { name: 'Nouveau délai' }).click()
  const promise = page.getByRole('dialog', { name: 'Nouveau délai' })
  await promise.getByLabel('Nom').fill('Clients de Lyon')
  const first = promise.getByLabel('Première réponse').first()
  await first.fill('2 jours')
  await promise.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(promise.getByText(/jamais des jours/)).toBeVisible()
  await first.fill('1 h 30')
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/support-promise-1440.png' })
  await promise.getByRole('button', { name: 'Enregistrer' }).click()
  const card = page.getByRole('region', { name: 'Clients de Lyon' })
  await expect(card.getByRole('row', { name: /Urgente?/ })).toContainText('1 h 30')
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/support-promises-1440.png' })

  const phone = await open('support', narrow)
  await phone.goto('/support/promises')
  await settled(phone)
  await expect(phone.getByRole('region', { name: 'Clients de Lyon' })).toBeVisible()
  await expect(phone.getByRole('button', { name: 'Nouveau délai' })).toHaveCount(0)
  expect(await axeViolations(phone)).toEqual([])
  expect(await isTooWide(phone)).toBe(false)
  await phone.screenshot({ path: 'screenshots/support-promises-390.png' })
})

test('a macro is written with a variable, found by Ctrl+K, thrown away and taken back', async ({ open }) => {
  const page = await open('support')
  await page.goto('/support/macros')
  await settled(page)
  await page.getByRole('button', { name: 'Nouvelle macro' }).first().click()
  const form = page.getByRole('dialog', { name: 'Nouvelle macro' })
  await form.getByLabel('Titre').fill('Pour supprimer un brouillon…')
  await form.getByRole('textbox', { name: 'Réponse au client' }).fill('Bonjour ')
  await form.getByRole('button', { name: 'Insérer une variable' }).click()
  await page.getByRole('menuitem', { name: 'Prénom du client' }).click()
  await expect(form.getByRole('textbox', { name: 'Réponse au client' })).toHaveValue(
    'Bonjour {{client.first_name|Madame, Monsieur}}',
  )
  await form.getByRole('button', { name: 'Ajouter une action' }).click()
  await page.getByRole('menuitem', { name: 'Résoudre' }).click()
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/support-macro-1440.png' })
  await form.getByRole('button', { name: 'Enregistrer' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'Pour supprimer un brouillon…' })
  await expect(line).toContainText('Résoudre')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').last().fill('supprimer un brouillon')
  await expect(page.getByRole('option', { name: /Pour supprimer un brouillon/ })).toBeVisible()
  await page.keyboard.press('Escape')

  await line.getByRole('button', { name: 'Mettre à la corbeille' }).click()
  await expect(line).toHaveCount(0)
  await page
    .getByRole('region', { name: 'Notifications' })
    .getByRole('button', { name: 'Annuler l’action' })
    .click()
  await expect(line).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
})
