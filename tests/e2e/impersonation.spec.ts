import type { Page } from '@playwright/test'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { letStepUpAge } from './run/colleague.ts'
import { expect, test } from './run/test.ts'

// The rule that holds for every practice is changed here.
test.use({ apart: true })

/** The members of some practice that works, on its page. */
async function somePractice(page: Page) {
  await page.goto('/tenants?state=active&kind=practitioner')
  await settled(page)
  await page.getByRole('main').locator('tbody tr').first().click()
  return page.getByRole('region', { name: 'Membres' })
}

async function ask(page: Page, reason: string) {
  const members = await somePractice(page)
  await members.getByRole('button', { name: 'Prendre la place' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill(reason)
  return dialog
}

test('somebody of the team stands in for a member, and their other tab sleeps until it is over', async ({
  open,
  faults,
}) => {
  // What the sleeping tab asks before it knows that it sleeps, and the practice's once it is over.
  faults.allow(/409/, /401.*\/practice\//)
  const page = await open('administrator')
  const elsewhere = await page.context().newPage()
  await elsewhere.goto('/clients')
  await settled(elsewhere)

  const dialog = await ask(page, 'Trop court')
  await expect(dialog.getByText('dès que l’assistance commence')).toBeVisible()
  await dialog.getByLabel('Motif').fill('court')
  await expect(dialog.getByRole('button', { name: 'Entrer' })).toBeDisabled()
  await dialog.getByLabel('Motif').fill('Reproduire l’erreur signalée ce matin')
  await dialog.getByLabel('Référence').fill('appel de 9 h')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Entrer' }).click()
  await expect(page).toHaveURL(/^http:\/\/app\.localhost:\d+\/$/)
  await page.getByRole('link', { name: 'Patients' }).click()
  await settled(page)

  await expect(elsewhere.getByRole('heading', { name: 'Vous êtes en assistance' })).toBeVisible()
  await expect(elsewhere.getByRole('timer')).toContainText(/encore (29|30):/)
  expect(await axeViolations(elsewhere)).toEqual([])
  await elsewhere.getByRole('button', { name: 'Mettre fin à l’assistance' }).click()
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()

  await elsewhere.goto('/impersonations')
  await settled(elsewhere)
  expect(await axeViolations(elsewhere)).toEqual([])
  await elsewhere.getByRole('main').locator('tbody tr').first().click()
  await expect(elsewhere.getByText('Reproduire l’erreur signalée ce matin')).toBeVisible()
  const story = elsewhere.getByRole('region', { name: 'Déroulement' })
  await expect(story.getByRole('listitem').last()).toContainText('Claire Fontaine y a mis fin')
  const lines = elsewhere.getByRole('region', { name: 'Ce qui a été vu et fait' })
  await expect(lines.getByText('/patients', { exact: true }).first()).toBeVisible()
  expect(await axeViolations(elsewhere)).toEqual([])
  expect(await isTooWide(elsewhere)).toBe(false)
})

test('a copied address of the way in opens nothing, and says how to go on', async ({ open }) => {
  const page = await open('administrator')
  await page.goto('/impersonations/01a20383-ec69-7acf-b4e4-7ac2843719bc/enter')
  await expect(
    page.getByRole('heading', { name: 'Ce navigateur n’a plus sa moitié de la clé' }),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: 'Recommencer' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
})

test('where consent is the rule, two of the team break the glass, and it is reviewed afterwards', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/403.*\/impersonations/, /409/, /401.*\/practice\//)
  const page = await open('administrator')
  await page.goto('/impersonations')
  await page.getByRole('button', { name: 'Changer la règle' }).click()
  const rule = page.getByRole('dialog')
  await rule.getByLabel('Règle d’information').click()
  await page.getByRole('option', { name: 'Avec consentement' }).click()
  await rule.getByRole('button', { name: 'Appliquer la règle' }).click()
  await expect(page.getByText('Règle : Avec consentement.')).toBeVisible()

  const asked = await ask(page, 'Le cabinet ne peut plus imprimer')
  await asked.getByRole('button', { name: 'Demander l’accord' }).click()
  await expect(page.getByText('Le cabinet n’a pas encore répondu.')).toBeVisible()
  await settled(page)
  expect(await axeViolations(page)).toEqual([])

  // One's own is gone on with rather than asked for twice; here it is taken back.
  const members = await somePractice(page)
  await members.getByRole('button', { name: 'Prendre la place' }).first().click()
  await expect(page.getByRole('dialog').getByText('Vous avez déjà une demande en attente')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Voir la demande' }).click()
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Retirer la demande' }).click()
  await expect(page.getByText('L’assistance n’a pas commencé.', { exact: true })).toBeVisible()

  await letStepUpAge(database, { email: 'administrator@example.com' })
  const urgent = await ask(page, 'Le praticien est injoignable, ses patients attendent')
  await urgent.getByRole('checkbox', { name: 'Accès d’urgence, sans l’accord du cabinet' }).click()
  await urgent.getByRole('button', { name: 'Demander l’accès d’urgence' }).click()
  await expect(page.getByText('Une seconde personne de l’équipe doit autoriser')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Autoriser l’accès d’urgence' })).toHaveCount(0)

  const second = await open('compliance')
  await second.goto(page.url())
  await second.getByRole('button', { name: 'Autoriser l’accès d’urgence' }).click()
  await second.getByRole('dialog').getByRole('button', { name: 'Autoriser l’accès d’urgence' }).click()
  await expect(second.getByText('L’assistance peut commencer.')).toBeVisible()

  // The key takes a second factor as fresh as the asking did: it is shown between the two hosts.
  await letStepUpAge(database, { email: 'administrator@example.com' })
  const here = page.url()
  const factorAsked = page.waitForResponse((it) => it.url().endsWith('/key') && it.status() === 403)
  await page.getByRole('link', { name: 'Entrer dans le cabinet' }).click()
  await factorAsked
  await expect(page).toHaveURL(/^http:\/\/app\.localhost:\d+\/$/)
  await expect(second.getByText('agit en ce moment pour')).toBeVisible()
  await second.getByRole('button', { name: 'Mettre fin' }).click()
  await expect(second.getByText('Cet accès d’urgence est à relire.')).toBeVisible()
  await second.goto('/impersonations?toReview=true')
  await expect(second.getByRole('main').locator('tbody tr')).toHaveCount(1)
  await second.goto(here)
  await second.getByRole('button', { name: 'Relire l’accès' }).click()
  const review = second.getByRole('dialog')
  await review.getByLabel('Votre avis').fill('Justifié : le praticien a confirmé ensuite.')
  await review.getByRole('button', { name: 'Enregistrer l’avis' }).click()
  await expect(
    second.getByRole('region', { name: 'Déroulement' }).getByText('Justifié : le praticien a confirmé'),
  ).toBeVisible()
  expect(await axeViolations(second)).toEqual([])
})
