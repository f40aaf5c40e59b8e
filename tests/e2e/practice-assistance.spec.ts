/** The practice's side of impersonation: it hears of it where the day begins, opens its notes for this once, and shows them the door. */
import { getMemberSession } from '#contract/identity'
import { askedFor, entersPractice } from './run/impersonations.ts'
import { callFrom, enterDemonstrationPractice } from './run/members.ts'
import { axeViolations, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

test('the practice hears of it where the day begins, opens its notes for this once, and shows them the door', async ({
  open,
  faults,
  demonstration: { server, database },
}) => {
  // What is asked once it is over.
  faults.allow(/401/)
  const mireille = await open('nobody', { baseURL: server.practiceUrl })
  await enterDemonstrationPractice(mireille)
  const { memberId, name } = await callFrom(mireille, getMemberSession)
  const staff = await open('administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const id = await askedFor(staff, memberId)
  await entersPractice(staff, server.practiceUrl, id)
  await staff.goto(`${server.practiceUrl}/notes`)
  await settled(staff)
  await staff.getByRole('main').locator('tbody tr').first().click()
  const masked = staff.getByText('Le texte de cette note est masqué')
  await expect(masked).toBeVisible()

  await mireille.goto('/')
  await mireille.getByRole('link', { name: 'Voir le détail' }).click()
  await expect(mireille).toHaveURL(`${server.practiceUrl}/accesses/${id}`)
  await settled(mireille)
  expect(await axeViolations(mireille)).toEqual([])
  await mireille.getByRole('button', { name: 'Ouvrir mes notes pour cette session' }).click()
  await expect(mireille.getByText(/peut lire vos notes jusqu’à la fin de cette session/)).toBeVisible()
  await staff.reload()
  await settled(staff)
  await expect(masked).toBeHidden()
  await expect(staff.getByRole('textbox')).toHaveCount(0)

  await mireille.getByRole('button', { name: 'Mettre fin' }).click()
  const over = staff.getByRole('heading', { name: 'L’assistance est terminée' })
  await expect(over).toBeVisible()
  await expect(staff.getByRole('region', { name: 'Assistance en cours' })).toBeHidden()
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
