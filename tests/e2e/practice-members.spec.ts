/** A secretary who works in several practices, and practices that say themselves who works in them. */
import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { asAdmin } from './run/as-admin.ts'
import { comesIn, opened, signsIn } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp, password } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

/** Invites by the page itself, as a practitioner does. */
async function invites(page: Page, email: string, withRights: readonly string[] = []): Promise<void> {
  await page.goto('/members')
  await page.getByRole('button', { name: 'Inviter une personne' }).click()
  const dialog = page.getByRole('dialog', { name: 'Inviter une personne' })
  await dialog.getByLabel('Adresse e-mail').fill(email)
  await dialog.getByLabel('Prénom').fill('Sofia')
  await dialog.getByLabel('Nom', { exact: true }).fill('Lopez')
  for (const right of withRights) await dialog.getByRole('checkbox', { name: right }).click()
  await dialog.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await expect(page.getByText(`Invitation envoyée à ${email}`)).toBeVisible()
}

/** What is in sight on every page: whose practice this is. */
const banner = (page: Page) => page.getByRole('banner')

test('a secretary with her own space works in two practices by grant, switches visibly, and one grant is revoked in the middle', async ({
  open,
  faults,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const space = await opened(staff, 'Sofia', 'Lopez', 'secretary')
  const moreau = await opened(staff, 'Claire', 'Moreau')
  const lefevre = await opened(staff, 'Hugo', 'Lefèvre')

  // She has a space of her own, and an account; the practices let her in by its address.
  const sofia = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(sofia, staff, space.email)
  await expect(banner(sofia)).toContainText(space.name)

  const claire = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(claire, staff, moreau.email)
  await expect(banner(claire)).toContainText(moreau.name)
  await claire.goto('/members')
  await expect(claire.getByText('Claire Moreau (vous)')).toBeVisible()
  await settled(claire)
  expect(await axeViolations(claire)).toEqual([])
  await invites(claire, space.email, ['Honoraires'])
  const hugo = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(hugo, staff, lefevre.email)
  await expect(banner(hugo)).toContainText(lefevre.name)
  await invites(hugo, space.email)
  await settled(hugo)
  expect(await axeViolations(hugo)).toEqual([])
  expect(await isTooWide(hugo)).toBe(false)

  // Going from one to another is an act she sees, and nothing of the former one is left on the screen.
  await sofia.goto('/practices')
  await expect(sofia.getByText('3 cabinets')).toBeVisible()
  await settled(sofia)
  expect(await axeViolations(sofia)).toEqual([])
  expect(await isTooWide(sofia)).toBe(false)
  await sofia
    .getByRole('listitem')
    .filter({ hasText: moreau.name })
    .getByRole('button', { name: 'Y aller' })
    .click()
  await expect(sofia.getByText(`Vous êtes maintenant dans « ${moreau.name} »`)).toBeVisible()
  await expect(banner(sofia)).toContainText(moreau.name)
  await expect(banner(sofia)).not.toContainText(space.name)
  await sofia.getByRole('button', { name: 'Compte de Sofia Lopez' }).click()
  await sofia.getByRole('menuitemcheckbox', { name: lefevre.name }).click()
  await expect(banner(sofia)).toContainText(lefevre.name)
  // She manages nothing there.
  await sofia.goto('/members')
  await expect(
    sofia.getByRole('heading', { level: 1, name: 'Cette page n’est pas ouverte à votre profil' }),
  ).toBeVisible()
  await sofia.goto('/files')
  await expect(sofia.getByText('Aucun fichier pour l’instant')).toBeVisible()

  // Another window goes elsewhere while she writes here: nothing is saved in the wrong practice, and nothing is lost.
  faults.allow(/409: /, /console: .*409/)
  await sofia.goto('/calls?new=1')
  const call = sofia.getByRole('dialog', { name: 'Nouvel appel' })
  // It opens with its first field ready to be typed in: what is typed before that would go there.
  await expect(call.locator(':focus')).toHaveCount(1)
  await call.getByLabel('Quelqu’un d’autre').fill('Mme Petit')
  const second = await sofia.context().newPage()
  await second.goto(`${server.practiceUrl}/practices`)
  await second
    .getByRole('listitem')
    .filter({ hasText: moreau.name })
    .getByRole('button', { name: 'Y aller' })
    .click()
  await expect(banner(second)).toContainText(moreau.name)
  const moved = sofia.getByRole('dialog', { name: `Vous êtes maintenant dans « ${moreau.name} »` })
  await expect(moved).toBeVisible()
  await settled(sofia)
  expect(await axeViolations(sofia)).toEqual([])
  expect(await isTooWide(sofia)).toBe(false)
  await second.close()
  await moved.getByRole('button', { name: `Revenir dans « ${lefevre.name} »` }).click()
  await expect(moved).toBeHidden()
  await call.getByRole('button', { name: 'Enregistrer l’appel' }).click()
  await expect(sofia.getByText('Appel de Mme Petit enregistré')).toBeVisible()
  await expect(banner(sofia)).toContainText(lefevre.name)

  // Hugo ends it while she is there: she reads which practice it was, and goes on in the others.
  faults.allow(/401: /, /console: .*401/)
  await hugo.goto('/members')
  await hugo.getByRole('button', { name: 'Actions pour Sofia Lopez' }).click()
  await hugo.getByRole('menuitem', { name: 'Mettre fin à l’accès' }).click()
  await hugo.getByRole('button', { name: 'Mettre fin à l’accès maintenant' }).click()
  await expect(hugo.getByText('L’accès de Sofia Lopez a pris fin')).toBeVisible()
  // He may let her in again, without typing anything anew.
  await hugo.getByRole('button', { name: 'Actions pour Sofia Lopez' }).click()
  await hugo.getByRole('menuitem', { name: 'Inviter de nouveau' }).click()
  const anew = hugo.getByRole('dialog', { name: 'Inviter une personne' })
  await expect(anew.getByLabel('Adresse e-mail')).toHaveValue(space.email)
  await expect(anew.getByLabel('Nom', { exact: true })).toHaveValue('Lopez')
  await anew.getByRole('button', { name: 'Annuler' }).click()
  await expect(
    sofia.getByRole('heading', { level: 1, name: `Votre accès à « ${lefevre.name} » a pris fin` }),
  ).toBeVisible()
  await settled(sofia)
  expect(await axeViolations(sofia)).toEqual([])
  expect(await isTooWide(sofia)).toBe(false)
  await sofia.getByRole('button', { name: moreau.name }).click()
  await expect(banner(sofia)).toContainText(moreau.name)
  await sofia.goto('/practices')
  await expect(sofia.getByRole('listitem').filter({ hasText: lefevre.name })).toContainText('Accès terminé')
  // One she gives back by herself, and her own is left.
  const there = sofia.getByRole('listitem').filter({ hasText: moreau.name })
  await there.getByRole('button', { name: 'Rendre l’accès' }).click()
  await sofia.getByRole('button', { name: 'Rendre l’accès à ce cabinet' }).click()
  await expect(
    sofia.getByRole('heading', { level: 1, name: `Votre accès à « ${moreau.name} » a pris fin` }),
  ).toBeVisible()
  await sofia.getByRole('button', { name: space.name }).click()
  await expect(banner(sofia)).toContainText(space.name)
})

test('a practitioner enrols a second factor, asks it of everybody, and her secretary enrols one before she is in', async ({
  open,
  faults,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Inès', 'Garnier')
  const ines = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(ines, staff, practice.email)
  await expect(banner(ines)).toContainText(practice.name)
  const lea = `lea.${practice.tenantId.slice(-8)}@example.com`
  await invites(ines, lea)
  const secretary = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(secretary, staff, lea)
  await expect(banner(secretary)).toContainText(practice.name)

  await ines.getByRole('button', { name: 'Compte de Inès Garnier' }).click()
  await ines.getByRole('menuitem', { name: 'Mon compte' }).click()
  await ines.getByRole('button', { name: 'Ajouter une application' }).click()
  const app = await authenticatorOf(ines)
  await ines.getByLabel('Code à six chiffres').fill(app.generate())
  await keepsCodes(ines, 'Terminer')
  await expect(ines.getByText('10 codes restants sur 10')).toBeVisible()
  // What mails about one's account advise to do can be done where they lead.
  await ines.getByRole('button', { name: 'Changer de mot de passe' }).click()
  await expect(ines.getByText('Lien envoyé. Il sert une fois, pendant une heure.')).toBeVisible()
  await settled(ines)
  expect(await axeViolations(ines)).toEqual([])

  faults.allow(/401: /, /console: .*40[13]/, /403: /)
  await ines.goto('/members')
  await ines.getByRole('switch', { name: 'Demander la double authentification à tout le monde' }).click()
  await ines.getByRole('button', { name: 'Demander à tout le monde' }).click()
  await expect(ines.getByText('Double authentification demandée à tout le monde')).toBeVisible()
  await expect(secretary).toHaveURL(/\/sign-in/)
  await signsIn(secretary, lea)
  await expect(secretary.getByRole('heading', { level: 1, name: 'Protéger votre compte' })).toBeVisible()
  await settled(secretary)
  expect(await axeViolations(secretary)).toEqual([])
  expect(await isTooWide(secretary)).toBe(false)
  const hers = await authenticatorOf(secretary)
  await secretary.getByLabel('Code à six chiffres').fill(hers.generate())
  await keepsCodes(secretary, 'Continuer')
  await expect(banner(secretary)).toContainText(practice.name)

  // The next time the code is asked for; the one that was shown is good no more, a recovery code is.
  const again = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await signsIn(again, lea)
  await again.getByLabel('Code à six chiffres').fill(hers.generate())
  await expect(again.getByText('Ce code a déjà servi.')).toBeVisible()
  await settled(again)
  expect(await axeViolations(again)).toEqual([])

  // Ten minutes later an invitation asks who she is once more: password and code.
  await asAdmin(
    database,
    `UPDATE member_sessions SET stepped_up_at = stepped_up_at - interval '10 minutes'`,
    `SELECT pg_notify('news', '{"topic":"member_sessions"}')`,
  )
  await ines.goto('/members')
  await ines.getByRole('button', { name: 'Inviter une personne' }).click()
  const dialog = ines.getByRole('dialog', { name: 'Inviter une personne' })
  await dialog.getByLabel('Adresse e-mail').fill(`paul.${practice.tenantId.slice(-8)}@example.com`)
  await dialog.getByLabel('Prénom').fill('Paul')
  await dialog.getByLabel('Nom', { exact: true }).fill('Rousseau')
  await dialog.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  const asked = ines.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await asked.getByLabel('Mot de passe').fill(password)
  await asked.getByLabel('Code à six chiffres').fill(nextCode(app))
  expect(await axeViolations(ines)).toEqual([])
  await asked.getByRole('button', { name: 'Confirmer' }).click()
  await expect(ines.getByText(/^Invitation envoyée à paul\./)).toBeVisible()
})

/** The app on the telephone, which was handed the secret by hand. */
async function authenticatorOf(page: Page): Promise<TOTP> {
  const shown = await page.locator('code').first().textContent()
  return new TOTP({ secret: Secret.fromBase32((shown ?? '').replaceAll(/\s/g, '')) })
}

/** One step of drift is accepted either way: the code after the one that was shown, without waiting for it. */
const nextCode = (app: TOTP) => app.generate({ timestamp: Date.now() + 30_000 })

async function keepsCodes(page: Page, done: string): Promise<void> {
  await page.getByRole('checkbox', { name: 'Je les ai conservés' }).click()
  await page.getByRole('button', { name: done }).click()
}
