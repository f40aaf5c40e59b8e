import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getMemberSession, getSession } from '#contract/identity'
import { letStepUpAge } from './run/colleague.ts'
import { downloadOf } from './run/downloads.ts'
import { askedFor, asksForFactor, entersPractice } from './run/impersonations.ts'
import { callFrom, enterDemonstrationPractice, goesTo } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

const lines = (page: Page) => page.getByRole('main').locator('tbody tr')
const band = (page: Page) => page.getByRole('region', { name: 'Assistance en cours' })

/** On a client's page, found by their address: the form to stand in for one of those who work there. */
async function standInFor(page: Page, { name, email }: { name: string; email: string }) {
  await page.goto('/clients')
  await settled(page)
  await page.getByRole('searchbox', { name: 'Rechercher un client' }).fill(email)
  await lines(page).filter({ hasText: email }).click()
  await page.getByRole('button', { name: 'Prendre la place d’un membre' }).click()
  const form = page.getByRole('dialog', { name: 'Assistance' })
  await form.getByLabel('Membre', { exact: true }).click()
  await page.getByRole('option', { name }).click()
  return form
}

/** The first patients as a page lists them: their files' addresses. */
async function firstPatients(page: Page): Promise<(string | null)[]> {
  await goesTo(page, 'Patients')
  await expect(page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible()
  await settled(page)
  const links = lines(page).locator('a[href^="/patients/"]')
  return links.evaluateAll((all) => all.slice(0, 5).map((link) => link.getAttribute('href')))
}

test('from a client’s page into their practice and back: what is seen there, what is masked and refused, and both names beneath every line of it', async ({
  open,
  faults,
  demonstration: { server, database },
}) => {
  // Refused: no factor yet, changes. Asleep: the other tab. Over: what the practice's tab still asked for; and of two
  // requests of a session that wakes one is given its next token, and the other asks again.
  faults.allow(/403.*\/(impersonations|practice)/, /409/, /401/)
  const mireille = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(mireille)
  const member = await callFrom(mireille, getMemberSession)
  const { memberId, name } = member
  await mireille.goto('/')

  const page = await open('administrator')
  const elsewhere = await page.context().newPage()
  await elsewhere.goto('/clients')
  await settled(elsewhere)

  await test.step('asks, with a reason and a second factor', async () => {
    const form = await standInFor(page, member)
    await expect(form.getByText('dès que l’assistance commence')).toBeVisible()
    await form.getByLabel('Motif').fill('court')
    await expect(form.getByRole('button', { name: 'Entrer' })).toBeDisabled()
    await form.getByLabel('Motif').fill('Reproduire l’erreur signalée ce matin')
    await form.getByLabel('Référence').fill('appel de 9 h')
    expect(await axeViolations(page)).toEqual([])
    await letStepUpAge(database, { email: 'administrator@example.com' })
    const factorAsked = await asksForFactor(page)
    await form.getByRole('button', { name: 'Entrer' }).click()
    await expect(page).toHaveURL(`${server.practiceUrl}/`)
    expect(factorAsked()).toBeGreaterThan(0)
  })

  await test.step('is there under a band that names both, and the other tab sleeps', async () => {
    await expect(band(page)).toContainText('Claire Fontaine')
    await expect(band(page)).toContainText(`pour ${name}`)
    await expect(band(page)).toContainText('Lecture seule')
    await expect(band(page).getByRole('timer')).toHaveText(/^2[89]:\d\d$/)
    await expect(page).toHaveTitle(/^Assistance · /)
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport)
      await settled(page)
      await expect(band(page).getByRole('button', { name: 'Terminer' })).toBeInViewport()
      expect(await axeViolations(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
    }
    // Of the key nothing is left where somebody could find it.
    const kept = await page.evaluate(() => ({
      key: document.querySelector('meta[name="assistance-key"]'),
      stored: JSON.stringify({ ...sessionStorage, ...localStorage }),
    }))
    expect(kept.key).toBeNull()
    expect(kept.stored).not.toMatch(/[\w-]{43}/)
    await page.getByRole('button', { name: `Compte de ${name}` }).click()
    await expect(page.getByRole('menuitem', { name: 'Terminer l’assistance' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Mon compte' })).toBeHidden()
    await page.keyboard.press('Escape')

    await expect(elsewhere.getByRole('heading', { name: 'Vous êtes en assistance' })).toBeVisible()
    await expect(elsewhere.getByRole('timer')).toContainText(/encore (2[89]|30):/)
    expect(await axeViolations(elsewhere)).toEqual([])
  })

  await test.step('sees what she sees, but no text of a note', async () => {
    expect(await firstPatients(page)).toEqual(await firstPatients(mireille))
    await goesTo(page, 'Agenda')
    await expect(page.getByRole('heading', { level: 1, name: 'Agenda' })).toBeVisible()
    await settled(page)
    await goesTo(page, 'Notes')
    await expect(page.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
    await settled(page)
    await lines(page).first().click()
    await expect(page.getByText('Le texte de cette note est masqué')).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
  })

  await test.step('changes nothing', async () => {
    await goesTo(page, 'Réglages')
    const practice = page.getByRole('region', { name: 'Le cabinet' })
    await practice.getByLabel('Nom du cabinet').fill('Autre nom')
    await practice.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(practice.getByText('Vous êtes en lecture seule')).toBeVisible()
  })

  await test.step('ends it, and the staff session is as before', async () => {
    // What was typed and not saved.
    page.on('dialog', (asked) => void asked.accept())
    await band(page).getByRole('button', { name: 'Terminer' }).click()
    await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/impersonations\/[\da-f-]{36}$/)
    await expect(elsewhere.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
    await settled(elsewhere)
    await expect(lines(elsewhere).first()).toBeVisible()
  })
  const id = new URL(page.url()).pathname.split('/').at(-1)

  await test.step('the team reads it, page by page', async () => {
    await expect(page.getByText('Reproduire l’erreur signalée ce matin')).toBeVisible()
    const story = page.getByRole('region', { name: 'Déroulement' })
    await expect(story.getByRole('listitem').last()).toContainText('Claire Fontaine y a mis fin')
    const seen = page.getByRole('region', { name: 'Ce qui a été vu et fait' })
    await expect(seen.getByText(`sous deux noms : Claire Fontaine, pour ${name}`)).toBeVisible()
    for (const where of ['/', '/patients', '/agenda', '/notes', /^\/notes\/[\da-f-]{36}$/, '/settings'])
      await expect(seen.getByText(where, { exact: true }).first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)

    const { staffId } = getSession.output.parse(await (await page.request.get(addressOf(getSession))).json())
    await page.goto(`/audit?actor=${staffId}&subject=${memberId}`)
    await settled(page)
    const logged = page.getByRole('grid', { name: 'Journal d’audit' }).locator('tr[data-index]')
    await expect(logged.filter({ hasText: 'Refusé' }).first()).toBeVisible()
    for (const line of await logged.all()) await expect(line).toContainText('Claire Fontaine')
  })

  await test.step('and so does the practice, which takes the proof along', async () => {
    await goesTo(mireille, 'Assistance')
    await mireille.getByRole('main').locator(`a[href="/accesses/${id}"]`).click()
    await expect(mireille.getByRole('heading', { level: 1, name: 'Accès : Claire Fontaine' })).toBeVisible()
    await expect(mireille.getByText(`pour ${name}`)).toBeVisible()
    const steps = mireille.getByRole('region', { name: 'Ce qui a été vu et modifié' }).getByRole('listitem')
    await expect(steps.filter({ hasText: 'Assistance : début' })).toBeVisible()
    for (const where of ['Patients', 'Agenda', 'Notes'])
      await expect(steps.getByRole('link', { name: where, exact: true }).first()).toBeVisible()
    await expect(steps.filter({ hasText: 'Note clinique : consultation' }).first()).toBeVisible()
    await expect(steps.filter({ hasText: 'Refusé' })).toContainText('Réglages')
    await expect(steps.last()).toContainText('Assistance : fin')
    const proof = await downloadOf(mireille, mireille.getByRole('button', { name: 'Télécharger la preuve' }))
    expect(proof.name).toMatch(/^acces-\d{4}-\d\d-\d\d\.zip$/)
  })
})

test('from the tab that sleeps it is ended as well, and the practice’s tab shows nothing of it any more', async ({
  open,
  faults,
  demonstration: { server, database },
}) => {
  faults.allow(/409/, /401/)
  const mireille = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(mireille)
  const { memberId } = await callFrom(mireille, getMemberSession)
  const page = await open('administrator')
  const elsewhere = await page.context().newPage()
  await elsewhere.goto('/clients')
  await justSteppedUp(database)
  await entersPractice(page, server.practiceUrl, await askedFor(page, memberId))
  await expect(band(page)).toBeVisible()
  await elsewhere.getByRole('button', { name: 'Mettre fin à l’assistance' }).click()
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'L’assistance est terminée' })).toBeVisible()
  await expect(band(page)).toBeHidden()
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
