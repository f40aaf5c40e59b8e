/** Where practices are asked first: the rule, an answer that does not come, and two of the team who do not wait for it. */
import type { Page } from '@playwright/test'
import { letStepUpAge } from './run/colleague.ts'
import { asksForFactor } from './run/impersonations.ts'
import { axeViolations, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

// The rule that holds for every practice is changed here.
test.use({ apart: true })

const lines = (page: Page) => page.getByRole('main').locator('tbody tr')

/** From the page of some practice that works, for the first of its members. */
async function standInFor(page: Page) {
  await page.goto('/tenants?state=active&kind=practitioner')
  await settled(page)
  await lines(page).first().click()
  const members = page.getByRole('region', { name: 'Membres' })
  await members.getByRole('button', { name: 'Prendre la place' }).first().click()
  return page.getByRole('dialog')
}

test('where consent is the rule, two of the team break the glass, and it is reviewed afterwards', async ({
  open,
  faults,
  demonstration: { database },
}) => {
  faults.allow(/403.*\/impersonations/, /409/, /401/)
  const page = await open('administrator')
  await page.goto('/impersonations')
  await justSteppedUp(database)
  await page.getByRole('button', { name: 'Changer la règle' }).click()
  const rule = page.getByRole('dialog')
  await rule.getByLabel('Règle d’information').click()
  await page.getByRole('option', { name: 'Avec consentement' }).click()
  await rule.getByRole('button', { name: 'Appliquer la règle' }).click()
  await expect(page.getByText('Règle : Avec consentement.')).toBeVisible()

  const asked = await standInFor(page)
  await asked.getByLabel('Motif').fill('Le cabinet ne peut plus imprimer')
  await asked.getByRole('button', { name: 'Demander l’accord' }).click()
  await expect(page.getByText('Le cabinet n’a pas encore répondu.')).toBeVisible()
  await settled(page)
  expect(await axeViolations(page)).toEqual([])

  // One's own is gone on with rather than asked for twice; here it is taken back.
  const own = await standInFor(page)
  await expect(own.getByText('Vous avez déjà une demande en attente')).toBeVisible()
  await own.getByRole('button', { name: 'Voir la demande' }).click()
  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Retirer la demande' }).click()
  await expect(page.getByText('L’assistance n’a pas commencé.', { exact: true })).toBeVisible()

  const urgent = await standInFor(page)
  await urgent.getByLabel('Motif').fill('Le praticien est injoignable, ses patients attendent')
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
  const factorAsked = await asksForFactor(page)
  await page.getByRole('link', { name: 'Entrer dans le cabinet' }).click()
  await expect(page).toHaveURL(/^http:\/\/app\.localhost:\d+\/$/)
  expect(factorAsked()).toBeGreaterThan(0)
  await expect(second.getByText('agit en ce moment pour')).toBeVisible()
  await second.getByRole('button', { name: 'Mettre fin' }).click()
  await expect(second.getByText('Cet accès d’urgence est à relire.')).toBeVisible()
  await second.goto('/impersonations?toReview=true')
  await expect(lines(second)).toHaveCount(1)
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
