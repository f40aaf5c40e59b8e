/** The practice's side of impersonation: a band on every page, masked notes, no for what nobody does in another's name, the ledger. */
import { addressOf } from '#platform/contract/endpoint.ts'
import { getMemberSession } from '#contract/identity'
import { askImpersonation, type Impersonation } from '#contract/impersonation'
import type { Page } from '@playwright/test'
import { callFrom, enterDemonstrationPractice } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

/** By the API: the dialog it is asked with has a journey of its own. */
async function asks(staff: Page, memberId: string): Promise<string> {
  const data = {
    memberId,
    purpose: 'trouble',
    reason: 'L’agenda ne s’affiche plus',
    reference: 'appel de 9 h',
  }
  const reply = await staff.request.post(addressOf(askImpersonation), { data })
  expect(reply.status(), await reply.text()).toBe(201)
  return ((await reply.json()) as Impersonation).id
}

test('whoever stands in works under a band, sees notes masked and changes nothing; the practice reads it all, and shows them the door', async ({
  open,
  faults,
  demonstration,
}) => {
  // What is refused, and what is asked once it is over.
  faults.allow(/40[13]/)
  const { server, database } = demonstration
  const mireille = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(mireille)
  const { memberId, name } = await callFrom(mireille, getMemberSession)
  const staff = await open('administrator')
  await staff.goto('/')
  await justSteppedUp(database)

  const id = await asks(staff, memberId)
  await staff.goto(`${server.practiceUrl}/assistance/${id}`)
  await expect(staff).toHaveURL(`${server.practiceUrl}/`)
  const band = staff.getByRole('region', { name: 'Assistance en cours' })
  await expect(band).toContainText(`au nom de ${name}`)
  await expect(band).toContainText('Lecture seule')
  await expect(band.getByRole('timer')).toHaveText(/^29:\d\d$/)
  await expect(staff).toHaveTitle(/^Assistance · /)
  for (const viewport of [phone, desk]) {
    await staff.setViewportSize(viewport)
    await settled(staff)
    await expect(band.getByRole('button', { name: 'Terminer' })).toBeInViewport()
    expect(await axeViolations(staff)).toEqual([])
    expect(await isTooWide(staff)).toBe(false)
  }
  // Of the key nothing is left where somebody could find it.
  const kept = await staff.evaluate(() => [
    location.href,
    document.querySelector('meta[name="assistance-key"]'),
    JSON.stringify({ ...sessionStorage, ...localStorage }),
  ])
  expect(kept[0]).toBe(`${server.practiceUrl}/`)
  expect(kept[1]).toBeNull()
  expect(kept[2]).not.toMatch(/[\w-]{43}/)
  await staff.getByRole('button', { name: `Compte de ${name}` }).click()
  await expect(staff.getByRole('menuitem', { name: 'Terminer l’assistance' })).toBeVisible()
  await expect(staff.getByRole('menuitem', { name: 'Mon compte' })).toBeHidden()
  await staff.keyboard.press('Escape')

  await staff.goto(`${server.practiceUrl}/notes`)
  await settled(staff)
  await staff.getByRole('main').locator('tbody tr').first().click()
  await expect(staff.getByText('Le texte de cette note est masqué')).toBeVisible()
  await expect(staff.getByRole('textbox')).toHaveCount(0)
  await staff.goto(`${server.practiceUrl}/settings`)
  const practice = staff.getByRole('region', { name: 'Le cabinet' })
  await practice.getByLabel('Nom du cabinet').fill('Autre nom')
  await practice.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(practice.getByText('Vous êtes en lecture seule')).toBeVisible()
  staff.on('dialog', (asked) => void asked.accept())
  await staff.goto(`${server.practiceUrl}/agenda`)
  await settled(staff)

  // She hears of it where her day begins, and opens her notes for this once.
  await mireille.goto('/')
  await mireille.getByRole('link', { name: 'Voir le détail' }).click()
  await expect(mireille).toHaveURL(`${server.practiceUrl}/accesses/${id}`)
  const seen = mireille.getByRole('region', { name: 'Ce qui a été vu et modifié' })
  await expect(seen.getByRole('listitem').filter({ hasText: 'Assistance : début' })).toBeVisible()
  await expect(seen.getByRole('listitem').filter({ hasText: 'Note clinique : consultation' })).toBeVisible()
  await expect(seen.getByRole('listitem').filter({ hasText: 'Refusé' })).toContainText('Réglages')
  await expect(seen.getByRole('link', { name: 'Agenda' })).toBeVisible()
  const proof = mireille.waitForEvent('download')
  await mireille.getByRole('button', { name: 'Télécharger la preuve' }).click()
  expect((await proof).suggestedFilename()).toMatch(/^acces-\d{4}-\d\d-\d\d\.zip$/)

  await mireille.getByRole('button', { name: 'Mettre fin' }).click()
  const over = staff.getByRole('heading', { name: 'L’assistance est terminée' })
  await expect(over).toBeVisible()
  await expect(band).toBeHidden()
  expect(await axeViolations(staff)).toEqual([])
  await staff.goto(`${server.practiceUrl}/patients`)
  await expect(over).toBeVisible()
  await staff.goBack()
  await expect(over).toBeVisible()
  await staff.getByRole('button', { name: 'Revenir à l’administration' }).click()
  await expect(staff).toHaveURL(`${server.url}/impersonations/${id}`)
  await expect(mireille.getByText(`${name} y a mis fin, pour le cabinet`)).toBeVisible()
  await staff.goto(`${server.practiceUrl}/assistance`)
  await expect(over).toBeVisible()
})
