import { asAdmin } from './run/as-admin.ts'
import { downloadOf } from './run/downloads.ts'
import { axeViolations, settled } from './run/screens.ts'
import { comeIn, enrol, invited, justSteppedUp, linkMailedTo, password } from './run/team.ts'
import { expect, test } from './run/test.ts'

test('somebody who is invited reads the mail, comes in, and holds exactly the roles that were given', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/410/)
  await justSteppedUp(database)
  const claire = await open('administrator')
  await claire.goto('/staff')
  await claire.getByRole('link', { name: 'Inviter' }).click()
  await claire.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  for (const missing of ['le prénom', 'le nom', 'l’adresse e-mail'])
    await expect(claire.getByText(`Saisissez ${missing}.`)).toBeVisible()
  await expect(claire.getByText('Choisissez au moins un rôle.')).toBeVisible()
  await claire.getByLabel('Prénom').fill('Odile')
  await claire.getByLabel('Nom de famille').fill('Marceau')
  await claire.getByLabel('Adresse e-mail').fill('odile.marceau@example.com')
  await expect(claire.getByRole('checkbox', { name: 'Super administrateur' })).toBeDisabled()
  await expect(claire.getByText('il est à votre niveau ou au-dessus').first()).toBeVisible()
  await claire.getByRole('checkbox', { name: 'Facturation' }).click()
  await claire.getByRole('checkbox', { name: 'Assistance' }).click()
  await claire.getByRole('button', { name: 'Envoyer l’invitation' }).click()

  await expect(claire.getByText('Invitation envoyée à odile.marceau@example.com')).toBeVisible()
  await expect(claire.getByRole('heading', { level: 1, name: 'Odile Marceau' })).toBeVisible()
  await expect(claire.getByText('Invité', { exact: true })).toBeVisible()
  expect(await axeViolations(claire)).toEqual([])
  await claire.getByRole('link', { name: 'Lire l’invitation' }).click()
  const mail = claire.getByRole('listitem').filter({ hasText: 'odile.marceau@example.com' }).first()
  const address = (await mail.getByRole('link').getAttribute('href')) ?? ''

  const odile = await open('nobody')
  await odile.goto(address)
  await expect(odile.getByRole('heading', { level: 1, name: /Bienvenue, Odile/ })).toBeVisible()
  await odile.getByLabel('Nouveau mot de passe', { exact: true }).fill(password)
  await odile.getByRole('button', { name: 'Enregistrer et continuer' }).click()
  await expect(odile, 'where a reload would go on').toHaveURL('/sign-in')
  await enrol(odile)
  await expect(odile.getByRole('button', { name: 'Compte de Odile Marceau' })).toBeVisible()
  const entries = odile.getByRole('navigation', { name: 'Navigation principale' })
  await expect(entries.getByRole('link', { name: 'Factures' })).toBeVisible()
  await expect(entries.getByRole('link', { name: 'Équipe' })).toHaveCount(0)

  // The link was good once.
  const again = await open('nobody')
  await again.goto(address)
  await expect(again.getByRole('heading', { level: 1, name: /lien/i })).toBeVisible()
  await expect(again.getByRole('link', { name: 'Se connecter' })).toBeVisible()

  await claire.goto('/staff?q=marceau')
  const line = claire.getByRole('row', { name: /Marceau Odile/ })
  await expect(line).toContainText('Actif')
  await expect(line).toContainText('Facturation')
  await expect(line).toContainText('Assistance')
})

test('what other roles would give and take is shown before they are saved, and acts in an open session', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  // The session's token is replaced as the rights change: what was asked with the former one is asked again.
  faults.allow(/401/)
  await justSteppedUp(database)
  const claire = await open('administrator')
  const { id, email } = await invited(claire, { firstName: 'Basile', lastName: 'Ricard', role: 'support' })
  const basile = await open('nobody')
  await basile.goto(await linkMailedTo(basile, email, '/invitation'))
  await comeIn(basile)
  const entries = basile.getByRole('navigation', { name: 'Navigation principale' })
  await expect(entries.getByRole('link', { name: 'Clients' })).toBeVisible()
  await expect(entries.getByRole('link', { name: 'Factures' })).toHaveCount(0)

  await claire.goto(`/staff/${id}`)
  await claire.getByRole('button', { name: 'Modifier les rôles' }).click()
  const dialog = claire.getByRole('dialog', { name: 'Rôles de Basile Ricard' })
  const difference = dialog.getByRole('region', { name: 'Ce qui change' })
  await dialog.getByRole('checkbox', { name: 'Auditeur' }).click()
  await expect(difference).toContainText(/Gagne \d+ droits/)
  await dialog.getByRole('checkbox', { name: 'Assistance' }).click()
  await expect(difference).toContainText('Perd 5 droits')
  await expect(difference).toContainText('Créer et modifier des clients')
  expect(await axeViolations(claire)).toEqual([])
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(claire.getByText('Rôles de Basile Ricard modifiés')).toBeVisible()
  await expect(claire.getByText('Claire Fontaine a retiré le rôle Assistance')).toBeVisible()

  await expect(entries.getByRole('link', { name: 'Factures' }), 'without a reload').toBeVisible()
  await expect(basile.getByRole('link', { name: 'Nouveau client' })).toHaveCount(0)
})

test('who is suspended in one browser is out in the other at once, and comes back when let in again', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/401|403/)
  await justSteppedUp(database)
  const claire = await open('administrator')
  const { id, email } = await invited(claire, { firstName: 'Solange', lastName: 'Petit', role: 'sales' })
  const solange = await open('nobody')
  await solange.goto(await linkMailedTo(solange, email, '/invitation'))
  await comeIn(solange)
  await expect(solange.getByRole('button', { name: 'Compte de Solange Petit' })).toBeVisible()

  await claire.goto(`/staff/${id}`)
  await expect(claire.getByRole('region', { name: 'Sessions ouvertes' }).getByRole('listitem')).toHaveCount(1)
  await claire.getByRole('button', { name: 'Autres actions' }).click()
  await claire.getByRole('menuitem', { name: 'Suspendre' }).click()
  const dialog = claire.getByRole('dialog', { name: /Suspendre le compte de Solange Petit/ })
  await expect(dialog.getByText('Sa session ouverte se termine aussitôt.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Suspendre' })).toBeDisabled()
  await dialog.getByLabel('Motif').fill('Départ de l’entreprise')
  await dialog.getByRole('button', { name: 'Suspendre' }).click()
  await expect(claire.getByText('Motif : Départ de l’entreprise')).toBeVisible()

  await expect(solange).toHaveURL(/\/sign-in/)
  await solange.getByLabel('Adresse e-mail').fill(email)
  await solange.getByLabel('Mot de passe', { exact: true }).fill(password)
  await solange.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(solange.getByRole('alert')).toContainText('Adresse e-mail ou mot de passe incorrect.')

  await claire.getByRole('button', { name: 'Réactiver' }).click()
  await expect(claire.getByText('Actif', { exact: true })).toBeVisible()
  await solange.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(solange.getByRole('heading', { level: 1, name: 'Second facteur' })).toBeVisible()
})

test('a lost second factor comes back by two administrators, a day, and the person’s own mail', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/401/)
  await justSteppedUp(database)
  const claire = await open('administrator')
  const { id, email } = await invited(claire, { firstName: 'Aymeric', lastName: 'Vidal', role: 'support' })
  const emeric = await open('nobody')
  await emeric.goto(await linkMailedTo(emeric, email, '/invitation'))
  const lost = await comeIn(emeric)
  await expect(emeric.getByRole('button', { name: /Compte de Aymeric Vidal/ })).toBeVisible()

  const elsewhere = await open('nobody')
  await elsewhere.goto('/sign-in')
  await elsewhere.getByLabel('Adresse e-mail').fill(email)
  await elsewhere.getByLabel('Mot de passe', { exact: true }).fill(password)
  await elsewhere.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await elsewhere.getByRole('button', { name: 'Je n’ai plus accès à mon second facteur' }).click()
  await elsewhere.getByLabel('Que s’est-il passé ?').fill('Téléphone tombé à l’eau')
  await elsewhere.getByRole('button', { name: 'Envoyer la demande' }).click()
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Demande envoyée' })).toBeVisible()

  await elsewhere.goto('/sign-in')
  await elsewhere.getByLabel('Adresse e-mail').fill(email)
  await elsewhere.getByLabel('Mot de passe', { exact: true }).fill(password)
  await elsewhere.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await elsewhere.getByRole('button', { name: 'Je n’ai plus accès à mon second facteur' }).click()
  await elsewhere.getByLabel('Que s’est-il passé ?').fill('Téléphone toujours à l’eau')
  faults.allow(/409/)
  await elsewhere.getByRole('button', { name: 'Envoyer la demande' }).click()
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Votre demande est en cours' })).toBeVisible()

  await claire.goto('/security?tab=factor-resets')
  const waiting = claire.getByRole('row', { name: /Aymeric Vidal/ })
  await expect(waiting).toContainText('À approuver')
  await waiting.hover()
  await waiting.getByRole('button', { name: 'Approuver' }).click()
  await expect(waiting).toContainText('Claire Fontaine')

  const thomas = await open('technical_administrator')
  await thomas.goto(`/staff/${id}`)
  await expect(thomas.getByText('Approuvée par Claire Fontaine. Il manque une approbation.')).toBeVisible()
  await thomas.getByRole('button', { name: 'Approuver' }).click()
  await expect(thomas.getByText(/Prend effet/)).toBeVisible()
  await expect(waiting, 'told to the other browser').toContainText('Délai en cours')

  // A day later, and the work of the next minute.
  await asAdmin(
    database,
    `UPDATE staff_factor_resets SET effective_at = now() - interval '1 second' WHERE staff_id = '${id}'`,
    `INSERT INTO pgboss.job (name) VALUES ('factor-resets')`,
  )
  const enrolment = await linkMailedTo(elsewhere, email, '/enrolment')
  await expect(emeric, 'whoever had the lost phone is out').toHaveURL(/\/sign-in/)
  await elsewhere.goto(enrolment)
  await elsewhere.getByLabel('Mot de passe', { exact: true }).fill(password)
  await elsewhere.getByRole('button', { name: /Se connecter|Continuer/ }).click()
  const found = await enrol(elsewhere)
  expect(found.secret.base32).not.toBe(lost.secret.base32)
  await expect(elsewhere.getByRole('button', { name: /Compte de Aymeric Vidal/ })).toBeVisible()
  await claire.reload()
  await expect(waiting).toContainText('Faite')
})

test('a blocked address is shown with its reason, and let in again by who may', async ({
  open,
  demonstration: { database },
}) => {
  await justSteppedUp(database)
  await asAdmin(
    database,
    `INSERT INTO address_blocks (network, reason, refused, until)
     VALUES ('2001:db8:7::/64', 'neighbouring_failures', 1234, now() + interval '1 hour')`,
  )
  const irene = await open('auditor')
  await irene.goto('/security')
  await irene.getByRole('navigation', { name: 'Sécurité en chiffres' }).getByText('Adresses bloquées').click()
  const seen = irene.getByRole('row', { name: /2001:db8:7::\/64/ })
  await expect(seen).toContainText('Trop d’essais ratés depuis des adresses voisines')
  await expect(seen).toContainText(/1.234/)
  await seen.getByRole('button', { name: 'Actions pour 2001:db8:7::/64' }).click()
  await expect(irene.getByRole('menuitem'), 'who only reads is led to the log, and no further').toHaveText([
    'Journal',
  ])
  await irene.keyboard.press('Escape')
  await expect(irene.getByRole('button', { name: 'Terminer toutes les sessions' })).toHaveCount(0)

  const thomas = await open('technical_administrator')
  await thomas.goto('/security?tab=blocks')
  const line = thomas.getByRole('row', { name: /2001:db8:7::\/64/ })
  await line.hover()
  await line.getByRole('button', { name: 'Débloquer' }).click()
  await expect(thomas.getByText('2001:db8:7::/64 peut de nouveau se connecter')).toBeVisible()
  await expect(line).toHaveCount(0)
  await expect(seen, 'told to the other browser').toHaveCount(0)
  await thomas.getByRole('link', { name: 'Tous' }).click()
  await expect(line).toContainText('Levé par Thomas Lemoine')
})

test('to end every session at once a word has to be typed out', async ({ open }) => {
  const thomas = await open('technical_administrator')
  await thomas.goto('/security')
  await thomas.getByRole('button', { name: 'Terminer toutes les sessions' }).click()
  const dialog = thomas.getByRole('dialog', { name: 'Terminer toutes les sessions ?' })
  const end = dialog.getByRole('button', { name: 'Tout terminer' })
  await expect(end).toBeDisabled()
  await dialog.getByLabel(/Pour confirmer, saisissez/).fill('toutes les sessions')
  await expect(end).toBeEnabled()
  expect(await axeViolations(thomas)).toEqual([])
  await thomas.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('the team is found by Ctrl+K, filtered by its figures, and taken along as it is filtered', async ({
  open,
}) => {
  const helene = await open('direction')
  await helene.goto('/clients')
  await settled(helene)
  await helene.keyboard.press('Control+k')
  await helene.keyboard.type('benali')
  await helene.getByRole('option', { name: /Karim Benali/ }).click()
  await expect(helene.getByRole('heading', { level: 1, name: 'Karim Benali' })).toBeVisible()
  await expect(helene.getByRole('button', { name: 'Autres actions' }), 'who only reads').toHaveCount(0)

  await helene.goto('/staff?q=benali')
  await settled(helene)
  const { name, text } = await downloadOf(
    helene,
    helene.getByRole('button', { name: 'Exporter la liste (CSV)' }),
  )
  expect(name).toBe('equipe.csv')
  expect(text.trimEnd().split('\r\n')).toEqual([
    expect.stringMatching(/^\uFEFFNom de famille;Prénom;/),
    expect.stringMatching(/^Benali;Karim;support@example\.com;Actif;Assistance;/),
  ])

  await helene
    .getByRole('navigation', { name: 'Équipe par état' })
    .getByRole('link', { name: /Suspendus/ })
    .click()
  await expect(helene).toHaveURL('/staff?state=suspended')
})

test('a suspicious sign-in stands out on the security page while it is looked at, and is told by mail', async ({
  open,
  demonstration: { database },
}) => {
  await justSteppedUp(database)
  const claire = await open('administrator')
  const { id, email } = await invited(claire, { firstName: 'Rosalie', lastName: 'Guyon', role: 'billing' })
  const usual = await open('nobody')
  await usual.goto(await linkMailedTo(usual, email, '/invitation'))
  const authenticator = await comeIn(usual)
  await expect(usual.getByRole('button', { name: 'Compte de Rosalie Guyon' })).toBeVisible()

  const irene = await open('auditor')
  await irene.goto('/security')
  await settled(irene)
  // Somebody guessed for a while.
  await asAdmin(
    database,
    `INSERT INTO staff_sign_in_events (kind, staff_id, ip, network, user_agent)
     SELECT 'password_wrong', '${id}', '203.0.113.77', '203.0.113.77', '' FROM generate_series(1, 25)`,
  )
  const stranger = await open('nobody')
  await stranger.goto('/sign-in')
  await stranger.getByLabel('Adresse e-mail').fill(email)
  await stranger.getByLabel('Mot de passe', { exact: true }).fill(password)
  await stranger.getByRole('button', { name: 'Se connecter', exact: true }).click()
  // The code that enrolled is spent; the next one is already good.
  const next = authenticator.generate({ timestamp: Date.now() + 30_000 })
  await stranger.getByLabel('Code à six chiffres').fill(next)
  await expect(stranger.getByRole('button', { name: 'Compte de Rosalie Guyon' })).toBeVisible()

  const line = irene.getByRole('row', { name: /Rosalie Guyon/ })
  await expect(line).toContainText('Connexion suspecte')
  await expect(line).toContainText(/25 échecs juste avant/)
  await expect(irene.getByRole('region', { name: 'Ce qui demande attention' })).toContainText(
    /connexions? suspectes? en sept jours/,
  )
  await linkMailedTo(irene, email, '/account')
})
