/** Asking for help: on a telephone, with a list and a file; what the team says comes by itself, once it has left. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import {
  addTicketNote,
  listTicketMessages,
  replyToTicket,
  resolveTicket,
  setTicketWaiting,
} from '#contract/support'
import { createPatient } from '#contract/patients'
import { callFrom, comesIn, enterDemonstrationPractice, goesTo, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

const asked = 'Bonjour,\nles rappels ne partent plus :\n\n- ni par SMS\n- ni par e-mail\n\nMerci à vous'
const subject = 'Les rappels ne partent plus'

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })

/** All that was said, as the team reads it. @param staff a page of somebody with tickets.read */
async function saidIn(staff: Page, id: string) {
  const response = await staff.request.get(addressOf(listTicketMessages, { id }))
  return listTicketMessages.output.parse(await response.json()).rows
}

async function done(staff: Page, address: string, data?: object): Promise<void> {
  const response = await staff.request.post(address, { data: data ?? {} })
  if (!response.ok()) throw new Error(`${address}: ${response.status()} ${await response.text()}`)
}

test('a practitioner asks with a list and a file, is answered, answers, and says how it was; nobody else hears of it', async ({
  open,
  faults,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Nadia', 'Lambert')
  const nadia = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(nadia, staff, practice.email)
  await expect(nadia.getByRole('banner')).toContainText(practice.name)
  await callFrom(nadia, createPatient, { firstName: 'Hugo', lastName: 'Perrin' })

  await goesTo(nadia, 'Aide')
  await expect(nadia.getByText('Aucune demande pour l’instant')).toBeVisible()
  await wellMade(nadia)
  await nadia.getByRole('link', { name: 'Demander de l’aide' }).click()
  await nadia.getByLabel('Objet').fill(subject)
  await nadia.getByRole('radio', { name: 'Panne' }).check()
  const text = nadia.getByLabel('Votre demande')

  // She is warned of what she writes about patients, and nothing is forbidden.
  const warning = nadia.getByText('Ce texte semble parler d’un patient')
  await text.fill('Mme Durand (2 55 08 14 168 025 38) ne reçoit rien.')
  await expect(warning).toContainText(/numéro de sécurité sociale et «\sMme Durand\s»/)
  await text.fill('Hugo Perrin ne reçoit rien.')
  await expect(warning).toContainText(/«\sHugo Perrin\s», qui est dans votre liste de patients/)
  await wellMade(nadia)
  // It goes by a button of its own alone.
  const insist = nadia.getByRole('button', { name: 'Envoyer quand même' })
  await expect(insist).toHaveCount(0)
  await nadia.getByRole('button', { name: 'Envoyer la demande' }).click()
  await expect(insist).toBeVisible()
  await expect(insist).toBeInViewport()
  await text.fill(asked)
  await expect(warning).toHaveCount(0)

  await nadia.locator('input[type=file][multiple]').setInputFiles({
    name: 'réglages.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('SMS : la veille'),
  })
  await expect(nadia.getByRole('button', { name: 'Retirer réglages.txt' })).toBeVisible()
  // A telephone reloads pages as it likes.
  await nadia.reload()
  await expect(nadia.getByText('Nous avons retrouvé ce que vous aviez commencé à écrire.')).toBeVisible()
  await expect(nadia.getByLabel('Objet')).toHaveValue(subject)
  await expect(text).toHaveValue(asked)
  await expect(nadia.getByRole('radio', { name: 'Panne' })).toBeChecked()
  await wellMade(nadia)

  // Pressed twice, asked once.
  await nadia.getByRole('button', { name: 'Envoyer la demande' }).dblclick()
  await expect(toast(nadia)).toContainText('Demande envoyée')
  await expect(nadia.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  await expect(nadia.getByText('Envoyée', { exact: true })).toBeVisible()
  const own = nadia.getByRole('article').first()
  await expect(own.getByRole('listitem').filter({ hasText: /^ni par/ })).toHaveText([
    'ni par SMS',
    'ni par e-mail',
  ])
  const download = nadia.waitForEvent('download')
  await own.getByRole('link', { name: 'Télécharger réglages.txt' }).click()
  expect((await download).suggestedFilename()).toBe('réglages.txt')
  await wellMade(nadia)
  const id = new URL(nadia.url()).pathname.split('/').at(-1) ?? ''

  // The team reads it letter by letter. What it says among itself never leaves, what it answers leaves a little later.
  const [first] = await saidIn(staff, id)
  expect(first?.body).toBe(asked)
  await done(staff, addressOf(addTicketNote, { id }), { body: 'Cliente pressée' })
  await done(staff, addressOf(replyToTicket, { id }), {
    body: 'Bonjour,\n\nvoyez [les réglages](https://exemple.fr/rappels) :\n\n1. Messages\n2. Rappels',
    seenMessageId: (await saidIn(staff, id)).at(-1)?.id ?? null,
  })
  await staff.request.put(addressOf(setTicketWaiting, { id }), { data: { waiting: true } })
  const answer = nadia.getByRole('article').filter({ hasText: 'Équipe d’assistance' })
  await expect(answer.getByRole('link', { name: 'les réglages' })).toHaveAttribute(
    'href',
    'https://exemple.fr/rappels',
    { timeout: 60_000 },
  )
  await expect(nadia.getByText('On attend votre réponse', { exact: true })).toBeVisible()
  await expect(nadia.getByText('Cliente pressée')).toHaveCount(0)
  await wellMade(nadia)

  await nadia.getByLabel('Votre réponse').fill('C’est réglé, merci.')
  await nadia.getByRole('button', { name: 'Envoyer la réponse' }).click()
  await expect(toast(nadia)).toContainText('Réponse envoyée')
  await expect(nadia.getByText('En cours', { exact: true })).toBeVisible()
  expect((await saidIn(staff, id)).at(-1)).toMatchObject({ kind: 'customer', body: 'C’est réglé, merci.' })

  // Resolved before her eyes; she says how it was, and then otherwise.
  await done(staff, addressOf(resolveTicket, { id }))
  await expect(nadia.getByText('Résolue', { exact: true })).toBeVisible()
  await expect(nadia.getByText('Votre réponse la rouvrira.')).toBeVisible()
  const opinion = nadia.getByRole('region', { name: 'Votre avis' })
  await opinion.getByRole('radio', { name: 'Bonne', exact: true }).check()
  await opinion.getByLabel('Un mot de plus').fill('Rapide')
  await wellMade(nadia)
  await opinion.getByRole('button', { name: 'Donner mon avis' }).click()
  await expect(opinion.getByText(/Vous avez trouvé notre aide\s: Bonne/)).toBeVisible()
  await opinion.getByRole('button', { name: 'Changer d’avis' }).click()
  await opinion.getByRole('radio', { name: 'Excellente' }).check()
  await opinion.getByRole('button', { name: 'Donner mon avis' }).click()
  await expect(opinion.getByText(/Vous avez trouvé notre aide\s: Excellente/)).toBeVisible()

  await nadia.getByLabel('Votre réponse').fill('Encore une chose')
  await nadia.getByRole('button', { name: 'Répondre et rouvrir' }).click()
  await expect(nadia.getByText('En cours', { exact: true })).toBeVisible()
  await nadia.goto('/help')
  await expect(nadia.getByRole('article')).toHaveCount(1)
  await wellMade(nadia)

  // Another practice, which knows the address.
  const other = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(other)
  await other.goto('/help')
  await settled(other)
  await expect(other.getByText(subject)).toHaveCount(0)
  faults.allow(/404/)
  await other.goto(`/help/${id}`)
  await expect(other.getByText('Cette demande n’existe pas')).toBeVisible()
  await wellMade(other)
  await expect(other.getByText(subject)).toHaveCount(0)
})
