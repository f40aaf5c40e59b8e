/** A practice's patients, from the first call of one to the erasure of another: on a telephone, at a desk, by two people. */
import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { createPatient } from '#contract/patients'
import { downloadOf } from './run/downloads.ts'
import { callFrom, comesIn, joined, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

test('a child is added on a telephone, who answers for them and agreed is written down; a secretary edits at the same time; what they ask is answered, and they are erased', async ({
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
  const lea = `lea.${practice.tenantId.slice(-8)}@example.com`
  await joined(staff, practice, { email: lea, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

  const ines = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(ines, staff, practice.email)
  await expect(ines.getByRole('banner')).toContainText(practice.name)
  await ines.goto('/patients')
  await expect(ines.getByText('Aucun patient pour l’instant')).toBeVisible()
  await wellMade(ines)

  // Two fields suffice; who is there already is said before they are added twice.
  await callFrom(ines, createPatient, { firstName: 'Lina', lastName: 'Haddad', phone: '06 39 98 10 10' })
  await ines.reload()
  // The card opens the patient, and its number calls them; what it has nothing to say of is left out.
  await ines.getByRole('link', { name: '06 39 98 10 10' }).click({ trial: true })
  await expect(ines.getByText('Dernière venue', { exact: true })).toHaveCount(0)
  await ines.getByRole('link', { name: 'Nouveau patient' }).first().click()
  await ines.getByLabel('Nom', { exact: true }).fill('HADDAD')
  await ines.getByLabel('Prénom').fill('lina')
  await expect(ines.getByText('même nom')).toBeVisible()
  await ines.getByLabel('Nom', { exact: true }).fill('Haddad')
  await ines.getByLabel('Prénom').fill('Ilyès')
  await expect(ines.getByText('même nom')).toHaveCount(0)
  const bornOn = `${new Date().getFullYear() - 9}-01-15`
  await ines.getByLabel('Date de naissance').fill(bornOn)
  await ines.getByRole('button', { name: 'Compléter la fiche' }).click()
  await ines.getByRole('combobox', { name: 'Origine' }).fill('Radio locale')
  await ines.getByRole('option', { name: 'Ajouter « Radio locale »' }).click()
  await expect(ines.getByRole('combobox', { name: 'Origine' })).toHaveValue('Radio locale')
  await ines.getByRole('checkbox', { name: /Suivi dans le cadre/ }).check()
  await ines.getByRole('button', { name: 'Ajouter le patient' }).click()

  await expect(ines.getByRole('heading', { level: 1, name: 'Ilyès Haddad' })).toBeVisible()
  await expect(ines.getByText('0/12')).toBeVisible()
  await expect(ines.getByText('Autorité parentale à renseigner')).toBeVisible()
  await wellMade(ines)
  await ines.getByRole('button', { name: 'Ajouter un titulaire' }).click()
  await wellMade(ines)
  const beside = dialog(ines, 'Ajouter un proche ou un représentant')
  await beside.getByLabel('Nom', { exact: true }).fill('Haddad')
  await beside.getByLabel('Prénom').fill('Samia')
  await beside.getByLabel('Téléphone').fill('0639981111')
  await beside.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(ines.getByText('Autorité parentale à renseigner')).toHaveCount(0)
  await expect(ines.getByRole('link', { name: '06 39 98 11 11' })).toHaveAttribute('href', 'tel:+33639981111')
  await ines.getByRole('button', { name: 'Enregistrer un accord' }).click()
  const consent = dialog(ines, 'Enregistrer un accord')
  await expect(consent.getByRole('combobox', { name: 'Donné par' })).toContainText('Samia Haddad')
  await consent.getByRole('button', { name: 'Enregistrer un accord' }).click()
  await expect(ines.getByText(/^Samia Haddad, le /)).toBeVisible()
  await wellMade(ines)

  // Two change the same patient: the second is told what the first did, and loses nothing.
  faults.allow(/409: /, /console: .*409/)
  const secretary = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(secretary, staff, lea)
  await expect(secretary.getByRole('banner')).toContainText(practice.name)
  await secretary.goto(ines.url())
  await secretary.getByRole('link', { name: 'Modifier', exact: true }).click()
  await secretary.getByLabel('Ville').fill('Nancy')
  await ines.getByRole('link', { name: 'Modifier', exact: true }).click()
  await ines.getByLabel('Téléphone').fill('0639982222')
  await ines.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(ines.getByRole('link', { name: '06 39 98 22 22' })).toBeVisible()
  await secretary.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(secretary.getByText(/Quelqu’un a modifié ce patient entre-temps \(téléphone\)/)).toBeVisible()
  await wellMade(secretary)
  await secretary.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(secretary.getByRole('link', { name: '06 39 98 22 22' })).toBeVisible()
  await expect(secretary.getByText('Nancy')).toBeVisible()
  // What is asked about data is not hers to answer.
  await secretary.getByRole('button', { name: 'Autres actions' }).click()
  await expect(secretary.getByRole('menuitem', { name: 'Archiver' })).toBeVisible()
  await expect(secretary.getByRole('menuitem', { name: 'Effacer les données' })).toHaveCount(0)
  await secretary.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click()
  await secretary.getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(secretary.getByText('Ilyès Haddad est restauré')).toBeVisible()

  // The list finds them with a slip, and leaves as a file.
  await secretary.goto('/patients')
  await secretary.getByRole('searchbox').fill('hadadd ilyes')
  await expect(secretary).toHaveURL(/q=hadadd\+ilyes|q=hadadd%20ilyes/)
  await expect(secretary.getByText('1 patient', { exact: true })).toBeVisible()
  await wellMade(secretary)
  await secretary.getByRole('button', { name: 'Autres actions' }).click()
  const list = await downloadOf(secretary, secretary.getByRole('menuitem', { name: /Exporter/ }))
  expect(list.text).toContain('Haddad;Ilyès;')

  // A copy is asked for, handed over and written down.
  await ines.getByRole('button', { name: 'Autres actions' }).click()
  await ines.getByRole('menuitem', { name: 'Enregistrer une demande sur ses données' }).click()
  const request = dialog(ines, 'Nouvelle demande')
  await expect(request.getByRole('combobox', { name: 'Patient' })).toHaveValue('Ilyès Haddad')
  await wellMade(ines)
  await request.getByRole('button', { name: 'Enregistrer la demande' }).click()
  await expect(
    ines.getByRole('heading', { level: 1, name: /Accès aux données · Ilyès Haddad/ }),
  ).toBeVisible()
  await ines.getByRole('button', { name: 'J’ai vérifié qui demande' }).click()
  await ines.getByRole('button', { name: 'Préparer la copie des données' }).click()
  await wellMade(ines)
  const copy = await downloadOf(ines, ines.getByRole('button', { name: 'Télécharger la copie' }))
  expect(strFromU8(unzipSync(copy.bytes)['index.html'] ?? new Uint8Array())).toContain('Samia')
  await ines.getByRole('button', { name: 'Clore : traitée' }).click()
  await ines.getByLabel('Ce qui a été fait').fill('Copie remise à sa mère.')
  await dialog(ines, 'Clore : traitée').getByRole('button', { name: 'Clore : traitée' }).click()
  await expect(ines.getByText('Copie remise à sa mère.')).toBeVisible()
  await wellMade(ines)

  // Their data go for good; the name is typed, and nothing answers to it any more.
  await ines.getByRole('link', { name: 'Ilyès Haddad' }).click()
  await ines.getByRole('button', { name: 'Autres actions' }).click()
  await ines.getByRole('menuitem', { name: 'Effacer les données' }).click()
  const erasure = dialog(ines, 'Effacer les données de ce patient ?')
  await expect(erasure.getByText('1 proche ou représentant')).toBeVisible()
  await wellMade(ines)
  await erasure.getByRole('textbox').fill('Ilyès Haddad')
  await erasure.getByRole('button', { name: 'Effacer définitivement' }).click()
  await expect(ines.getByRole('heading', { level: 1, name: 'Patient effacé' })).toBeVisible()
  await wellMade(ines)
  await ines.goto('/patients?q=Ilyès')
  await expect(ines.getByText('Personne ne correspond à « Ilyès »')).toBeVisible()

  await ines.goto('/patients/retention')
  await ines.getByLabel('Années en cours').fill('6')
  await ines.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(ines.getByText('Durées enregistrées')).toBeVisible()
  await wellMade(ines)
})
