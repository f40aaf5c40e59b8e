/** A practitioner who shows a passkey instead of password and code. */
import { asAdmin } from './run/as-admin.ts'
import { comesIn, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp, password } from './run/team.ts'
import { expect, test } from './run/test.ts'
import { virtualPasskeys } from './run/virtual-passkeys.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

test('a practitioner adds a passkey on her telephone, signs in with it alone and after the password, and removes it', async ({
  open,
  faults,
  demonstration: { server, database },
}) => {
  test.slow()
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Claire', 'Moreau')
  const claire = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(claire, staff, practice.email)
  const banner = claire.getByRole('banner')
  await expect(banner).toContainText(practice.name)

  const finger = await virtualPasskeys(claire)
  await claire.goto('/account')
  await claire.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  const adding = claire.getByRole('dialog', { name: 'Ajouter une clé d’accès' })
  await adding.getByLabel('Nom de la clé d’accès').fill('Téléphone')
  const codes = claire.getByRole('dialog', { name: 'Codes de secours' })
  await finger.whileTouched(async () => {
    await adding.getByRole('button', { name: 'Créer une clé d’accès' }).click()
    await expect(codes).toBeVisible()
  })
  await codes.getByRole('checkbox').click()
  await codes.getByRole('button', { name: 'Terminer' }).click()
  const factors = claire.getByRole('region', { name: 'Double authentification' })
  await expect(factors).toContainText('Téléphone')
  await settled(claire)
  expect(await axeViolations(claire)).toEqual([])
  expect(await isTooWide(claire)).toBe(false)

  // Alone: neither address nor password is typed.
  const leaves = async () => {
    await claire.getByRole('button', { name: 'Compte de Claire Moreau' }).click()
    await claire.getByRole('menuitem', { name: 'Se déconnecter' }).click()
    await expect(claire).toHaveURL(/\/sign-in/)
  }
  await leaves()
  await settled(claire)
  expect(await axeViolations(claire)).toEqual([])
  await finger.whileTouched(async () => {
    await claire.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click()
    await expect(banner).toContainText(practice.name)
  })

  // After the password.
  await leaves()
  await claire.getByLabel('Adresse e-mail').fill(practice.email)
  await claire.getByLabel('Mot de passe', { exact: true }).fill(password)
  await claire.getByRole('button', { name: 'Se connecter', exact: true }).click()
  const use = claire.getByRole('button', { name: 'Utiliser une clé d’accès' })
  await expect(use).toBeVisible()
  await settled(claire)
  expect(await axeViolations(claire)).toEqual([])
  await finger.whileTouched(async () => {
    await use.click()
    await expect(banner).toContainText(practice.name)
  })

  // What matters asks for it again.
  await asAdmin(
    database,
    `UPDATE member_sessions SET stepped_up_at = now() - interval '6 minutes'`,
    `SELECT pg_notify('news', '{"topic":"member_sessions"}')`,
  )
  faults.allow(/403: /, /console: .*403/)
  await claire.goto('/account')
  await claire.getByRole('button', { name: 'Renommer Téléphone' }).click()
  await claire.getByLabel('Nom de la clé d’accès').fill('Portable')
  await claire.getByRole('button', { name: 'Renommer', exact: true }).click()
  await claire.getByRole('button', { name: 'Retirer Portable' }).click()
  await claire
    .getByRole('dialog', { name: 'Retirer la clé d’accès « Portable » ?' })
    .getByRole('button', { name: 'Retirer' })
    .click()
  const again = claire.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await expect(again.getByRole('button', { name: 'Utiliser une clé d’accès' })).toBeVisible()
  expect(await axeViolations(claire)).toEqual([])
  await finger.whileTouched(async () => {
    await again.getByRole('button', { name: 'Utiliser une clé d’accès' }).click()
    await expect(factors).not.toContainText('Portable')
  })
  await expect(claire.getByText('Clé d’accès « Portable » retirée')).toBeVisible()
})
