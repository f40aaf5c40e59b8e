import { addressOf } from '#platform/contract/endpoint.ts'
import { askPasswordReset } from '#contract/identity'
import { isTooWide } from './run/screens.ts'
import { expect, test } from './run/test.ts'

test('a mail the demonstration holds back is read by who waits for it, and in the outbox by who may', async ({
  open,
  faults,
}) => {
  const visitor = await open('nobody', { viewport: { width: 390, height: 844 } })
  await visitor.goto('/demonstration/mails')
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Courriers de la démonstration')
  const asked = await visitor.request.post(addressOf(askPasswordReset), {
    data: { email: 'support@example.com' },
  })
  expect(asked.ok()).toBe(true)
  // The page is open since before: it finds the mail by itself.
  const card = visitor.getByRole('listitem').filter({ hasText: 'support@example.com' }).first()
  const address = await card.getByRole('link').getAttribute('href')
  expect(address).toMatch(/^http:\/\/localhost:\d+\//)
  await card.getByText('Lire le texte').click()
  await expect(card).toContainText(address ?? '')
  expect(await isTooWide(visitor)).toBe(false)

  const thomas = await open('technical_administrator')
  await thomas.goto('/outbox')
  await thomas.getByRole('searchbox', { name: 'Rechercher une adresse' }).fill('SUPPORT@')
  await thomas
    .getByRole('row', { name: /support@example\.com/ })
    .first()
    .click()
  const sheet = thomas.getByRole('dialog')
  await expect(sheet).toContainText('Retenu')
  await sheet.getByRole('tab', { name: 'Mise en page' }).click()
  const page = sheet.frameLocator('iframe')
  await expect(page.getByText('MaGestionPsy').first()).toBeVisible()
  // Scripts are off in the frame, the browser driver's own too; its links lead out of it all the same.
  faults.allow(/Blocked script execution in '[^']*\/api\/v1\/mails\/[^']*\/page'/)
  const opened = thomas.context().waitForEvent('page')
  await page.getByRole('link').first().click()
  expect((await opened).url()).toBe(await sheet.getByRole('link').first().getAttribute('href'))
})
