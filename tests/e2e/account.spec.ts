/** One's own way in: passkeys, codes, sessions and mailed links, as their owner meets them. */
import {
  colleague,
  enrolPhone,
  isIn,
  keepCodes,
  letStepUpAge,
  signOut,
  typePassword,
} from './run/colleague.ts'
import { axeViolations, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'
import { linkMailedTo } from './run/team.ts'
import { virtualPasskeys } from './run/virtual-passkeys.ts'

test('a new colleague makes a passkey at the first sign-in, then signs in by it alone', async ({
  open,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const finger = await virtualPasskeys(page)
  await typePassword(page, lucie)
  await finger.whileTouched(async () => {
    await page.getByRole('button', { name: 'Créer une clé d’accès' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Codes de secours' })).toBeVisible()
  })
  await keepCodes(page)
  await isIn(page, lucie)
  await signOut(page, lucie)

  // Chosen where the browser offers it, beside the address: not even a button is pressed.
  await page.goto('about:blank')
  await finger.whileTouched(async () => {
    await page.goto('/sign-in')
    await isIn(page, lucie)
  })
  await signOut(page, lucie)

  // By a browser that fills in no passkeys, with the button.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
  await page.goto('/sign-in')
  await finger.whileTouched(async () => {
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click()
    await isIn(page, lucie)
  })
  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Sessions ouvertes' })).toContainText('avec une clé d’accès')
})

test('a passkey made in the account is asked for after the password, and may be given another name', async ({
  open,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const finger = await virtualPasskeys(page)
  await enrolPhone(page, lucie)
  await isIn(page, lucie)
  await page.getByRole('button', { name: `Compte de ${lucie.name}` }).click()
  await page.getByRole('menuitem', { name: /^Mon compte/ }).click()
  const factors = page.getByRole('region', { name: 'Double authentification' })
  await factors.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  await page.getByLabel('Nom de la clé d’accès').fill('Portable du bureau')
  expect(await axeViolations(page)).toEqual([])
  await finger.whileTouched(async () => {
    await page.getByRole('button', { name: 'Créer une clé d’accès' }).click()
    await expect(factors).toContainText('Portable du bureau')
  })
  await factors.getByRole('button', { name: 'Renommer Portable du bureau' }).click()
  await page.getByLabel('Nom de la clé d’accès').fill('Portable')
  await page.keyboard.press('Enter')
  await expect(factors.getByText('Portable', { exact: true })).toBeVisible()

  await signOut(page, lucie)
  await typePassword(page, lucie)
  const use = page.getByRole('button', { name: 'Utiliser une clé d’accès' })
  await expect(use).toBeFocused()
  expect(await axeViolations(page)).toEqual([])
  await finger.whileTouched(async () => {
    await page.keyboard.press('Enter')
    await isIn(page, lucie)
  })
})

test('a code that has signed in once does not a second time', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const { phone } = await enrolPhone(page, lucie)
  await isIn(page, lucie)
  await signOut(page, lucie)

  faults.allow(/403.*\/sign-in\/second-factor/)
  await typePassword(page, lucie)
  const code = page.getByLabel('Code à six chiffres')
  await code.fill(phone.last())
  await expect(page.getByText('Ce code a déjà servi.')).toBeVisible()
  await code.fill(await phone.next())
  await isIn(page, lucie)
})

test('without telephone a recovery code lets in, once, typed as people type', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const { codes } = await enrolPhone(page, lucie)
  await isIn(page, lucie)
  await signOut(page, lucie)

  const [first = ''] = codes
  const byRecoveryCode = async () => {
    await typePassword(page, lucie)
    await page.getByRole('button', { name: 'Code de secours' }).click()
    await page.getByLabel('Code de secours').fill(` ${first.toLowerCase().replaceAll('-', ' ')}`)
    await page.getByRole('button', { name: 'Vérifier' }).click()
  }
  await byRecoveryCode()
  await isIn(page, lucie)
  await page.goto('/account')
  await expect(page.getByText('9 codes restants sur 10')).toBeVisible()
  await signOut(page, lucie)

  faults.allow(/403.*\/sign-in\/second-factor/)
  await byRecoveryCode()
  await expect(page.getByRole('heading', { level: 1, name: 'Second facteur' })).toBeVisible()
  await expect(page.getByLabel('Code de secours')).toHaveAttribute('aria-invalid', 'true')
})

test('a sensitive act asks for the second factor in place, and what was typed is still there', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const { phone } = await enrolPhone(page, lucie)
  await isIn(page, lucie)
  await page.goto('/account')
  await letStepUpAge(database, lucie)
  faults.allow(/403.*\/account\/password/)

  await page.getByRole('button', { name: 'Modifier le mot de passe' }).click()
  const form = page.getByRole('dialog', { name: 'Modifier le mot de passe' })
  await form.getByLabel('Mot de passe actuel').fill(lucie.password)
  await form.getByLabel('Nouveau mot de passe').fill('quatre mots sans rapport')
  await form.getByRole('checkbox', { name: 'Fermer mes autres sessions' }).uncheck()
  await page.keyboard.press('Control+Enter')

  const question = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await expect(question.getByLabel('Code à six chiffres')).toBeFocused()
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(form.getByRole('alert')).toContainText('votre second facteur est demandé')
  await expect(form.getByLabel('Mot de passe actuel')).toHaveValue(lucie.password)
  await expect(form.getByLabel('Nouveau mot de passe')).toHaveValue('quatre mots sans rapport')
  await expect(form.getByRole('checkbox', { name: 'Fermer mes autres sessions' })).not.toBeChecked()

  await form.getByRole('button', { name: 'Enregistrer le mot de passe' }).click()
  await question.getByLabel('Code à six chiffres').fill(await phone.next())
  await expect(page.getByText('Mot de passe modifié', { exact: true })).toBeVisible()
  await expect(form).toBeHidden()
})

test('in the demonstration, where nobody has the telephone, the code of a step-up comes by itself', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const page = await open('nobody')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /^Conformité/ }).click()
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Compte de Nadège Rousseau' })).toBeVisible()
  await page.goto('/account')
  await letStepUpAge(database, { email: 'compliance@example.com' })
  faults.allow(/403.*\/account\/recovery-codes/)
  const codes = page.getByRole('region', { name: 'Codes de secours' })
  await codes.getByRole('button', { name: 'Créer des codes de secours' }).click()
  const shown = page.getByRole('dialog', { name: 'Codes de secours' })
  await expect(shown.getByRole('listitem')).toHaveCount(10)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(shown.getByRole('alert')).toContainText('ne seront plus affichés')
  await page.keyboard.press('Escape')
  await expect(shown).toBeHidden()
})

test('a session that is closed elsewhere ends before the eyes of who uses it', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const here = await open('nobody')
  const there = await open('nobody')
  const { phone } = await enrolPhone(here, lucie)
  await isIn(here, lucie)
  await typePassword(there, lucie)
  await there.getByLabel('Code à six chiffres').fill(await phone.next())
  await isIn(there, lucie)

  await here.goto('/account')
  const sessions = here.getByRole('region', { name: 'Sessions ouvertes' })
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  faults.allow(/401/)
  await sessions.getByRole('button', { name: /^Fermer Chrome/ }).click()
  await here.getByRole('dialog').getByRole('button', { name: 'Fermer', exact: true }).last().click()
  await expect(there).toHaveURL(/\/sign-in/)
  await expect(there.getByText('Votre session est terminée.')).toBeVisible()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await expect(sessions).toContainText('Cette session')
})

test('a forgotten password is replaced by a mailed link, which works once and leaves the address bar', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  const { phone } = await enrolPhone(page, lucie)
  await isIn(page, lucie)
  await signOut(page, lucie)

  await page.getByRole('link', { name: 'Mot de passe oublié' }).click()
  // The page before has a field of the same name.
  await expect(page.getByRole('button', { name: 'Envoyer le lien' })).toBeVisible()
  await page.getByLabel('Adresse e-mail').fill(lucie.email)
  await page.getByRole('button', { name: 'Envoyer le lien' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Consultez vos e-mails' })).toBeVisible()
  await page.getByRole('link', { name: 'Lire les e-mails de la démonstration' }).click()
  const mail = page.getByRole('listitem').filter({ hasText: lucie.email }).filter({ hasText: 'mot de passe' })
  const link = await mail.getByRole('link').first().getAttribute('href')
  expect(link).toContain('/password#')

  await page.goto(link ?? '')
  await expect(page.getByRole('heading', { level: 1, name: 'Choisir un mot de passe' })).toBeVisible()
  await expect(page).toHaveURL('/password')
  faults.allow(/4(00|10).*\/links\//)
  const password = page.getByLabel('Nouveau mot de passe')
  expect(await axeViolations(page)).toEqual([])
  await password.fill('trop court')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ce mot de passe est trop court.')).toBeVisible()
  await expect(password).toBeFocused()
  await password.fill('quatre mots sans rapport')
  await page.keyboard.press('Enter')
  await page.getByLabel('Code à six chiffres').fill(await phone.next())
  await isIn(page, lucie)

  await page.goto(link ?? '')
  await expect(page.getByRole('heading', { level: 1, name: 'Ce lien ne fonctionne plus' })).toBeVisible()
  await settled(page)
})

test('who did not ask for the reset of a factor stops it from the mail that tells of it', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  const lucie = await colleague(database, 'Lucie')
  const page = await open('nobody')
  await enrolPhone(page, lucie)
  await isIn(page, lucie)

  const thief = await open('nobody')
  await typePassword(thief, lucie)
  await thief.getByRole('button', { name: 'Je n’ai plus accès à mon second facteur' }).click()
  await thief.getByLabel('Que s’est-il passé ?').fill('J’ai changé de téléphone')
  expect(await axeViolations(thief)).toEqual([])
  await thief.getByRole('button', { name: 'Envoyer la demande' }).click()
  await expect(thief.getByRole('heading', { level: 1, name: 'Demande envoyée' })).toBeVisible()

  const link = await linkMailedTo(page, lucie.email, '/factor-reset-refusal')
  await page.goto(link)
  await expect(page).toHaveURL('/factor-reset-refusal')
  const stop = page.getByRole('button', { name: 'Ce n’est pas moi : tout arrêter' })
  await expect(stop).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await stop.click()
  await expect(page.getByRole('heading', { level: 1, name: 'La demande est arrêtée' })).toBeVisible()

  faults.allow(/410.*\/links\//)
  await page.goto('/sign-in')
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'Ce lien ne fonctionne plus' })).toBeVisible()
  await expect(page.getByText('prévenez tout de suite un administrateur')).toBeVisible()
})
