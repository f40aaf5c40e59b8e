import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true }

test('what is late is read by age, a reminder is read, changed and sent, another client is left alone', async ({
  open,
}) => {
  const page = await open('billing')
  await page.goto('/unpaid')
  await settled(page)
  const table = page.getByRole('grid', { name: 'Impayés' }).or(page.getByRole('table', { name: 'Impayés' }))
  await expect(table.getByRole('row').nth(1)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/billing-unpaid-1440.png' })

  await page.getByRole('button', { name: /1 à 30 jours/ }).click()
  await expect(page).toHaveURL(/age=to_30/)
  await page.getByRole('button', { name: /1 à 30 jours/ }).click()
  await page.goto('/unpaid?letter=ready')
  await settled(page)
  const row = table.getByRole('row').nth(1)
  const number = (await row.textContent())?.match(/FA-\d{4}-\d{6}/)?.[0] ?? ''
  await row.hover()
  await row.getByRole('button', { name: /Voir la relance/ }).click()
  const sheet = page.getByRole('dialog', { name: /Relance 1 sur/ })
  await expect(sheet.getByText('Ce qui est dû aujourd’hui')).toHaveCount(0)
  await expect(sheet.getByText('Total exigible')).toBeVisible()
  await sheet.getByText('Comment les pénalités sont calculées').click()
  await sheet.getByLabel('Objet').fill(`Votre facture ${number}`)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/billing-letter-1440.png' })
  await sheet.getByRole('button', { name: 'Envoyer la relance' }).click()
  await expect(page.getByText('Relance envoyée')).toBeVisible()
  await expect(page.getByText(number, { exact: true })).toHaveCount(0)

  await page.goto(`/unpaid?q=${number}`)
  await settled(page)
  const sent = table.getByRole('row').nth(1)
  await expect(sent).toContainText('Relance 1')
  await sent.hover()
  await sent.getByRole('button', { name: /Voir la relance/ }).click()
  await expect(page.getByRole('dialog')).toContainText(`Votre facture ${number}`)
  await page.keyboard.press('Escape')

  await page.emulateMedia({ colorScheme: 'dark' })
  for (const [path, name] of [
    ['/unpaid', 'unpaid'],
    ['/billing/settings?kind=appearance', 'settings-appearance'],
  ] as const) {
    await page.goto(path)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    await page.screenshot({ path: `screenshots/billing-${name}-night-1440.png` })
  }
})

test('the reminders of the day leave together, as a job, but for whom they pause', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/unpaid?letter=ready')
  await settled(page)
  const row = page.getByRole('row').nth(1)
  await row.hover()
  await row.getByRole('button', { name: /Autres|Actions|Plus/ }).click()
  await page.getByRole('menuitem', { name: 'Suspendre les relances' }).click()
  const pause = page.getByRole('dialog', { name: /Suspendre les relances de/ })
  await pause.getByLabel('Raison').fill('Échéancier convenu par téléphone')
  await pause.getByRole('button', { name: 'Suspendre les relances' }).click()
  await expect(pause).toHaveCount(0)
  await page.goto('/unpaid?letter=paused')
  await settled(page)
  await expect(page.getByRole('row').nth(1)).toContainText('Suspendues')

  await page.goto('/unpaid')
  await settled(page)
  await page.getByRole('button', { name: /Envoyer les? .*prêtes?/ }).click()
  const run = page.getByRole('dialog', { name: /Envoyer/ })
  await expect(run.getByRole('listitem').first()).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/billing-run-1440.png' })
  await run.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await expect(page.getByText(/Les relances partent/)).toBeVisible()
  await expect(page.getByRole('button', { name: /Envoyer les? .*prêtes?/ })).toHaveCount(0, {
    timeout: 60_000,
  })

  const phone = await open('direction', narrow)
  await phone.goto('/unpaid')
  await settled(phone)
  expect(await axeViolations(phone)).toEqual([])
  expect(await isTooWide(phone)).toBe(false)
  await phone.screenshot({ path: 'screenshots/billing-unpaid-390.png' })
})
