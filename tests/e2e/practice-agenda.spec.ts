/** The agenda in browsers: booked, moved by hand, taken by somebody else meanwhile, repeated over the night clocks change. */
import type { Page } from '@playwright/test'
import { addUsualActs, bookAppointment, getAgenda, listAppointments, setWorkingHours } from '#contract/agenda'
import { createPatient } from '#contract/patients'
import { addressOf, type AnyEndpoint, type OutputOf } from '#platform/contract/endpoint.ts'
import { addDays, mondayOf } from '../../modules/agenda/practice/wall-clock.ts'
import { comesIn, joined, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const week = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, fromMinute: 9 * 60, toMinute: 12 * 60 },
  { weekday, fromMinute: 14 * 60, toMinute: 19 * 60 },
])
/** The week after next: whatever day it is, all of it is still to come. */
const monday = addDays(mondayOf(new Date().toISOString().slice(0, 10)), 14)
const [tuesday, wednesday, friday] = [addDays(monday, 1), addDays(monday, 2), addDays(monday, 4)]

type Asked = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }

/** Calls an endpoint from the page of somebody who is signed in. */
async function ask<E extends AnyEndpoint>(page: Page, endpoint: E, asked: Asked = {}): Promise<OutputOf<E>> {
  const answer = await page.evaluate(
    async ({ url, method, json }) => {
      const given = json && { headers: { 'content-type': 'application/json' }, body: json }
      const response = await fetch(url, { method, ...given })
      return { status: response.status, text: await response.text() }
    },
    {
      url: `${addressOf(endpoint, asked.params)}?${new URLSearchParams(asked.query).toString()}`,
      method: endpoint.method,
      json: asked.body === undefined ? undefined : JSON.stringify(asked.body),
    },
  )
  if (answer.status >= 400) throw new Error(`${endpoint.path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text) as OutputOf<E> // the server checks its answers
}

/** Usual acts and hours, and these patients. */
async function settle(page: Page, ...patients: [string, string][]): Promise<void> {
  await ask(page, addUsualActs)
  const { practitioners } = await ask(page, getAgenda, { query: { from: monday, to: monday } })
  const [{ memberId: id } = { memberId: '' }] = practitioners
  await ask(page, setWorkingHours, { params: { id }, body: { was: [], week } })
  for (const [firstName, lastName] of patients)
    await ask(page, createPatient, { body: { firstName, lastName, phone: '06 12 34 56 78' } })
}

const appointment = (page: Page, name: string | RegExp) =>
  page.locator('[data-appointment]').filter({ hasText: name })
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })

/** Where an hour of a day stands on the screen. */
async function pointAt(page: Page, column: number, time: string) {
  const [first = 8] = await page
    .locator('section [aria-hidden] > span')
    .allTextContents()
    .then((texts) =>
      texts.filter((text) => /^\d\d:00$/.test(text)).map((text) => Number(text.slice(0, 2)) - 1),
    )
  const box = (await page.locator(`[data-column="${column}"]`).boundingBox())!
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return { x: box.x + box.width / 2, y: box.y + ((hours - first) * 60 + minutes) * (66 / 60) + 8 }
}

async function drag(page: Page, name: string, column: number, time: string, drop = true): Promise<void> {
  const block = appointment(page, name)
  await block.scrollIntoViewIfNeeded()
  const box = (await block.boundingBox())!
  const to = await pointAt(page, column, time)
  await page.mouse.move(box.x + box.width / 2, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + 20, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
  if (drop) await page.mouse.up()
}

test('an appointment is booked from the keyboard, moved by hand and taken back; what stands in the way is named, and so is who was faster', async ({
  open,
  faults,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const moreau = await opened(staff, 'Claire', 'Moreau')
  const lea = `lea.${moreau.tenantId.slice(-8)}@example.com`
  await joined(staff, moreau, { email: lea, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

  const claire = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(claire, staff, moreau.email)
  await expect(claire.getByRole('navigation').first()).toBeVisible()
  await settle(claire, ['Hugo', 'Lefèvre'], ['Inès', 'Garnier'])
  await claire.goto(`/agenda?on=${monday}`)
  await settled(claire)

  // From the keyboard alone.
  await claire.keyboard.press('n')
  const dialog = claire.getByRole('dialog', { name: 'Nouveau rendez-vous' })
  await dialog.getByRole('combobox', { name: 'Patient', exact: true }).fill('lefevre')
  await claire.getByRole('option', { name: /Hugo Lefèvre/ }).click()
  await dialog.getByLabel('Date', { exact: true }).fill(monday)
  await dialog.getByLabel('Heure', { exact: true }).fill('10:00')
  expect(await axeViolations(claire)).toEqual([])
  await claire.keyboard.press('Control+Enter')
  await expect(toast(claire)).toContainText('Rendez-vous réservé')
  await expect(appointment(claire, 'Hugo Lefèvre')).toContainText('10:00 – 11:00')

  // A click on a free hour books there.
  const { x, y } = await pointAt(claire, 1, '15:00')
  await claire.mouse.click(x, y)
  await expect(dialog.getByLabel('Date', { exact: true })).toHaveValue(tuesday)
  await expect(dialog.getByLabel('Heure', { exact: true })).toHaveValue('15:00')
  await dialog.getByRole('combobox', { name: 'Patient', exact: true }).fill('garnier')
  await claire.getByRole('option', { name: /Inès Garnier/ }).click()
  await dialog.getByRole('button', { name: 'Réserver', exact: true }).click()
  await expect(appointment(claire, 'Inès Garnier')).toContainText('15:00 – 16:00')

  // Léa has the same week on her screen, and sees what Claire moves.
  const secretary = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(secretary, staff, lea)
  await expect(secretary.getByRole('navigation').first()).toBeVisible()
  await secretary.goto(`/agenda?on=${monday}`)
  await expect(appointment(secretary, 'Hugo Lefèvre')).toContainText('10:00 – 11:00')
  await drag(claire, 'Hugo Lefèvre', 2, '14:30')
  await expect(toast(claire)).toContainText('Hugo Lefèvre : déplacé au')
  await expect(appointment(claire, 'Hugo Lefèvre')).toContainText('14:30 – 15:30')
  await expect(claire.locator('[data-column="2"]').locator('[data-appointment]')).toHaveCount(1)
  await expect(appointment(secretary, 'Hugo Lefèvre')).toContainText('14:30 – 15:30')
  await toast(claire)
    .locator('div')
    .filter({ hasText: 'déplacé au' })
    .getByRole('button', { name: 'Annuler l’action' })
    .click()
  await expect(appointment(claire, 'Hugo Lefèvre')).toContainText('10:00 – 11:00')
  await expect(appointment(secretary, 'Hugo Lefèvre')).toContainText('10:00 – 11:00')

  // Onto one that stands there: put back, with its name and a way to see it.
  faults.allow(/409: PUT .*\/time$/, /console: .*409/)
  await drag(secretary, 'Hugo Lefèvre', 1, '15:15')
  await expect(toast(secretary)).toContainText('Ce créneau est pris : Inès Garnier')
  await expect(appointment(secretary, 'Hugo Lefèvre')).toContainText('10:00 – 11:00')
  await toast(secretary).getByRole('button', { name: 'Voir' }).click()
  const panel = secretary.getByRole('dialog', { name: 'Inès Garnier' })
  await expect(panel.getByText('Prévu')).toBeVisible()
  expect(await axeViolations(secretary)).toEqual([])
  await secretary.keyboard.press('Escape')

  // Claire lets go first; Léa, who holds the same one, hears where it went.
  await drag(secretary, 'Hugo Lefèvre', 3, '09:00', false)
  await drag(claire, 'Hugo Lefèvre', 4, '11:00')
  await expect(appointment(claire, 'Hugo Lefèvre')).toContainText('11:00 – 12:00')
  await secretary.mouse.up()
  await expect(toast(secretary)).toContainText('Quelqu’un vient de modifier ce rendez-vous : Hugo Lefèvre')
  await expect(appointment(secretary, 'Hugo Lefèvre')).toContainText('11:00 – 12:00')

  // What the hand does, keys do: arrows lead to it, Enter opens it, « Déplacer… » moves it.
  await appointment(claire, 'Inès Garnier').focus()
  await claire.keyboard.press('ArrowRight')
  await expect(claire.locator('[data-cursor]')).toBeFocused()
  await claire.keyboard.press('ArrowLeft')
  await expect(appointment(claire, 'Inès Garnier')).toBeFocused()
  await claire.keyboard.press('Enter')
  await claire.getByRole('button', { name: 'Déplacer…' }).click()
  const move = claire.getByRole('dialog', { name: 'Déplacer : Inès Garnier' })
  await move.getByLabel('Date', { exact: true }).fill(wednesday)
  await claire.keyboard.press('Control+Enter')
  await expect(claire.locator('[data-column="2"]').locator('[data-appointment]')).toContainText(
    'Inès Garnier',
  )
  // What somebody came for last is what they come for next.
  const act = dialog.getByRole('combobox', { name: 'Acte' })
  await claire.goto(`/agenda?on=${monday}`)
  await settled(claire)
  await claire.keyboard.press('n')
  await dialog.getByRole('combobox', { name: 'Patient', exact: true }).fill('lefevre')
  await claire.getByRole('option', { name: /Hugo Lefèvre/ }).click()
  await act.click()
  await claire.getByRole('option', { name: /Séance de couple/ }).click()
  await dialog.getByLabel('Date', { exact: true }).fill(friday)
  await dialog.getByLabel('Heure', { exact: true }).fill('16:00')
  await claire.keyboard.press('Control+Enter')
  await expect(claire.locator('[data-column="4"]').locator('[data-appointment]')).toHaveCount(2)
  await claire.keyboard.press('n')
  await expect(act).toContainText('Séance individuelle')
  await dialog.getByRole('combobox', { name: 'Patient', exact: true }).fill('lefevre')
  await claire.getByRole('option', { name: /Hugo Lefèvre/ }).click()
  await expect(act).toContainText('Séance de couple')
  await expect(dialog.getByLabel('Durée (min)')).toHaveValue('75')
})

test('on a phone a series is booked over the night clocks change, without the public holiday, and an appointment held by a finger is moved', async ({
  open,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const caron = await opened(staff, 'Yves', 'Caron')
  const yves = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(yves, staff, caron.email)
  await expect(yves.getByRole('navigation').last()).toBeVisible()
  await settle(yves, ['Zoé', 'Marchand'])

  // What is over and nobody settled is settled by a tap, and taken back.
  await ask(yves, bookAppointment, {
    body: { title: 'Supervision', minutes: 60, startsLocal: `${addDays(monday, -28)}T09:00` },
  })
  await yves.goto('/agenda')
  await yves.getByRole('link', { name: /À pointer/ }).click()
  await expect(yves.getByRole('heading', { level: 1, name: 'À pointer' })).toBeVisible()
  await settled(yves)
  await yves.getByRole('button', { name: 'Supervision : Honoré' }).click()
  await expect(yves.getByText('Tout est pointé')).toBeVisible()
  await toast(yves).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(yves.getByRole('button', { name: 'Supervision : Honoré' })).toBeVisible()

  // Thursdays around 31 October 2027, when clocks go back; 11 November is a public holiday.
  await yves.goto('/agenda?book=1&at=2027-10-21T09:00')
  const dialog = yves.getByRole('dialog', { name: 'Nouveau rendez-vous' })
  await dialog.getByRole('combobox', { name: 'Patient', exact: true }).fill('marchand')
  await yves.getByRole('option', { name: /Zoé Marchand/ }).click()
  await dialog.getByRole('checkbox', { name: 'Répéter ce rendez-vous' }).click()
  await dialog.getByLabel('Nombre de rendez-vous').fill('5')
  await expect(dialog.getByText('4 dates seront réservées, 1 laissée de côté')).toBeVisible()
  await expect(dialog.getByRole('listitem').filter({ hasText: '11 novembre 2027' })).toContainText(
    'Un jour férié',
  )
  expect(await axeViolations(yves)).toEqual([])
  await dialog.getByRole('button', { name: 'Réserver la série' }).click()
  await expect(toast(yves)).toContainText('4 rendez-vous réservés')
  await expect(appointment(yves, 'Zoé Marchand')).toContainText('09:00 – 10:00')
  expect(await isTooWide(yves)).toBe(false)

  const { rows } = await ask(yves, listAppointments, { query: { from: '2027-10-01', to: '2027-12-01' } })
  expect(rows.map(({ startsLocal, startsAt }) => [startsLocal, startsAt.slice(11, 16)]).toReversed()).toEqual(
    [
      ['2027-10-21T09:00', '07:00'],
      ['2027-10-28T09:00', '07:00'],
      ['2027-11-04T09:00', '08:00'],
      ['2027-11-18T09:00', '08:00'],
    ],
  )

  // By the week under the thumb, and a finger that holds still before it moves.
  await yves.getByRole('button', { name: 'Jour suivant' }).click()
  await expect(yves.getByText('vendredi 22 octobre', { exact: true })).toBeVisible()
  await yves.getByRole('button', { name: /^jeudi 21 octobre : 1 rendez-vous/ }).click()
  const block = appointment(yves, 'Zoé Marchand')
  await expect(block).toBeVisible()
  await settled(yves)
  const box = (await block.boundingBox())!
  const finger = await yves.context().newCDPSession(yves)
  const [x, y] = [box.x + box.width / 2, box.y + 12]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy: number) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + dy }],
    })
  await touch('touchStart', 0)
  await expect(yves.locator('[data-ghost]')).toHaveCount(1)
  for (let dy = 11; dy <= 66; dy += 11) await touch('touchMove', dy)
  await expect(yves.locator('[data-ghost]')).toContainText('10:00 – 11:00')
  await touch('touchEnd', 0)
  await expect(block).toContainText('10:00 – 11:00')

  // All that follow go along, and come back.
  await block.click()
  await yves.getByRole('button', { name: 'Déplacer…' }).click()
  const move = yves.getByRole('dialog', { name: 'Déplacer : Zoé Marchand' })
  await move.getByLabel('Ce qui est déplacé').click()
  await yves.getByRole('option', { name: 'Celui-ci et les suivants (4)' }).click()
  await move.getByLabel('Heure', { exact: true }).fill('11:00')
  await move.getByRole('button', { name: 'Déplacer', exact: true }).click()
  await expect(toast(yves)).toContainText('4 rendez-vous déplacés')
  await yves.goto('/agenda/list?when=next')
  await expect(
    yves.getByRole('listitem').filter({ hasText: /jeu\. 18 nov\.( \d{4})? à 11:00/ }),
  ).toBeVisible()
})
