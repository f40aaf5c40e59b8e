import { colleague, enrolPhone, isIn, typePassword } from './run/colleague.ts'
import { expect, test } from './run/test.ts'
import { virtualPasskeys } from './run/virtual-passkeys.ts'

test('a new factor offers to close the other sessions', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const left = await open('nobody')
  const finger = await virtualPasskeys(left)
  const { phone } = await enrolPhone(left, lucie)
  await isIn(left, lucie)
  const right = await open('nobody')
  await typePassword(right, lucie)
  await right.getByLabel('Code à six chiffres').fill(await phone.next())
  await isIn(right, lucie)

  await left.goto('/account')
  const factors = left.getByRole('region', { name: 'Double authentification' })
  await factors.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  await left.getByLabel('Nom de la clé d’accès').fill('Portable')
  await finger.whileTouched(async () => {
    await left.getByRole('button', { name: 'Créer une clé d’accès' }).click()
    await expect(factors).toContainText('Portable')
  })
  faults.allow(/401/)
  await left.locator('section[aria-live="polite"]').getByRole('button', { name: 'Fermer les autres' }).click()
  await expect(right).toHaveURL(/\/sign-in/)
  await isIn(left, lucie)
})
