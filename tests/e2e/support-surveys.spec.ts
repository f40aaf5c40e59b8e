/** Saying how it was by the link of a mail: without an account, on a telephone, and otherwise the next day. */
import { addressOf } from '#platform/contract/endpoint.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { getTicket, openTicket, reopenTicket, resolveTicket } from '#contract/support'
import { surveyToken } from '../../modules/support/server/surveys/token.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { sharedRun } from './run/shared-run.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

test('who has no account says how it was by a link, changes it, and is told when the ticket is open again', async ({
  open,
  demonstration: { server },
  faults,
}) => {
  const staff = await open('support')
  const post = (address: string, data: object = {}) => staff.request.post(address, { data })
  const made = await post(addressOf(openTicket), {
    subject: 'Une question avant de m’abonner',
    body: 'Faut-il un logiciel de plus ?',
    requesterName: 'Claude Martin',
    requesterEmail: 'claude.martin@example.com',
  })
  const { id, number } = openTicket.output.parse(await made.json())
  await post(addressOf(resolveTicket, { id }))
  const token = surveyToken(vaultOf(Buffer.from(sharedRun().masterKey, 'base64')), {
    ticketId: id,
    expiresAt: new Date(Date.now() + 29 * 86_400_000),
  })

  const page = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await page.goto(`/satisfaction#${token}`)
  await expect(page.getByRole('heading', { name: 'Votre avis sur notre aide' })).toBeVisible()
  await expect(page.getByText(`Votre demande n° ${number}, résolue le`)).toBeVisible()
  // The key is out of the address bar, and opening the page has said nothing.
  expect(new URL(page.url()).hash).toBe('')
  const rating = async () => {
    const said = await staff.request.get(addressOf(getTicket, { id }))
    return getTicket.output.parse(await said.json()).rating
  }
  expect(await rating()).toBeNull()
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.screenshot({ path: 'screenshots/survey-390.png' })

  await page.getByRole('button', { name: 'Donner mon avis' }).click()
  await expect(page.getByText('Choisissez une des cinq réponses.')).toBeVisible()
  await page.getByRole('radio', { name: 'Bonne' }).click()
  await page.getByRole('textbox', { name: 'Un mot de plus' }).fill('Rapide et clair.')
  await page.getByRole('button', { name: 'Donner mon avis' }).click()
  await expect(page.getByRole('heading', { name: 'Merci de votre avis' })).toBeVisible()
  expect(await rating()).toMatchObject({ score: 4, comment: 'Rapide et clair.' })
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/survey-said-390.png' })

  await page.getByRole('button', { name: 'Changer d’avis' }).click()
  await page.getByRole('radio', { name: 'Moyenne' }).click()
  await page.getByRole('button', { name: 'Donner mon avis' }).click()
  await expect(page.getByText('Vous avez trouvé notre aide : moyenne.')).toBeVisible()
  expect((await rating())?.score).toBe(3)

  await staff.request.delete(addressOf(reopenTicket, { id }))
  faults.allow(/409/)
  await page.goto(`/sign-in`)
  await page.goto(`/satisfaction#${token}`)
  await expect(page.getByRole('heading', { name: 'Votre demande est de nouveau ouverte' })).toBeVisible()
})
