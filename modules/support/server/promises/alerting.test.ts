import { beforeEach, expect, test } from 'vitest'
import {
  acknowledgeAlerts,
  getAlertPreferences,
  listAlerts,
  resolveTicket,
  saveAlertPreferences,
  setTicketWaiting,
  type AlertPreferences,
} from '#contract/support'
import { lateTickets } from '../../../../tests/harness/late-tickets.ts'

const desk = await lateTickets()
const { at, clockAt, mails, ticket, alertsOf } = desk
beforeEach(desk.monday)

const prefer = (over: Partial<AlertPreferences>) =>
  desk.karim.call(saveAlertPreferences, {
    body: { byMail: true, quiet: null, timeZone: 'Europe/Paris', ...over },
  })
const near = (count: number) =>
  expect.stringMatching(
    new RegExp(`${count === 1 ? 'Un délai approche' : `${count} délais approchent`}\\s: #\\d+`),
  )
const late = expect.stringMatching(/Un délai n’a pas été tenu\s: #\d+/)

test('a warning is told to whoever has the ticket, who leads hears of it when it is late; all of theirs in one mail, once', async () => {
  await ticket()
  await ticket()
  await at('12:12')
  await at('12:13')
  expect(await mails(desk.karim)).toEqual([near(2)])
  expect(await mails(desk.lea)).toEqual([])
  await at('14:00')
  await at('14:01')
  const both = expect.stringMatching(/2 délais n’ont pas été tenus\s: #\d+, #\d+/)
  expect(await mails(desk.lea)).toEqual([both])
  expect(await mails(desk.karim)).toEqual([near(2), both])
})

test('two who look after promises at once write one mail', async () => {
  await prefer({ quiet: { from: '12:00', until: '13:45' } })
  await ticket()
  await at('12:12')
  await clockAt('13:45')
  await Promise.all([desk.mind(), desk.mind(), desk.mind()])
  expect(await mails(desk.karim)).toEqual([near(1)])
})

test('where nobody has it who leads is warned; where there is no team either, nobody is told', async () => {
  await ticket({ assigneeId: null })
  await ticket({ assigneeId: null, teamId: null })
  await at('12:12')
  expect(await alertsOf(desk.lea)).toHaveLength(1)
  expect(await alertsOf(desk.karim)).toEqual([])
})

test('at night nobody is told: what is late then is told when support is at work again', async () => {
  await clockAt('16:00')
  await ticket()
  await at('+1 08:59')
  expect(await alertsOf(desk.karim)).toEqual([])
  await at('+1 10:42')
  expect(await mails(desk.karim)).toEqual([near(1)])
})

test('a pause moves the due date and warns nobody anew', async () => {
  const { id } = await ticket()
  await at('12:12')
  await clockAt('12:15')
  await desk.karim.call(setTicketWaiting, { params: { id }, body: { waiting: true, why: 'capture' } })
  await at('14:30')
  await clockAt('15:00')
  await desk.karim.call(setTicketWaiting, { params: { id }, body: { waiting: false } })
  await at('15:01')
  expect(await alertsOf(desk.karim)).toHaveLength(1)
  await at('15:50')
  expect((await alertsOf(desk.karim)).map(({ kind }) => kind)).toEqual(['breach', 'warning'])
})

test('of several promises each is told, though an earlier one is late', async () => {
  await ticket({}, { priority: 'urgent' })
  await at('09:30')
  await at('12:15')
  const told = (await alertsOf(desk.karim)).map(({ kind, target }) => [kind, target])
  expect(told).toEqual([
    ['warning', 'resolution'],
    ['breach', 'firstResponse'],
  ])
})

test('in the app it is told at once, counted until it is seen, and says whether something can still be done', async () => {
  const { id, number } = await ticket()
  const other = await ticket()
  await at('12:12')
  const told = await desk.karim.call(listAlerts)
  expect(told.rows.slice(0, 2).map((one) => [one.ticket.number, one.kind, one.current])).toEqual([
    [other.number, 'warning', true],
    [number, 'warning', true],
  ])
  await desk.karim.call(acknowledgeAlerts, { body: { ticketId: id } })
  expect((await desk.karim.call(listAlerts)).unseen).toBe(told.unseen - 1)
  await desk.karim.call(resolveTicket, { params: { id } })
  const after = await desk.karim.call(listAlerts)
  expect(after.rows.find((one) => one.ticket.id === id)).toMatchObject({
    current: false,
    seenAt: expect.any(String),
  })
  await desk.karim.call(acknowledgeAlerts, { body: { ticketId: null } })
  expect((await desk.karim.call(listAlerts)).unseen).toBe(0)
})

test('whoever wants no mail about promises has none, and is told in the app', async () => {
  await prefer({ byMail: false })
  await ticket()
  await at('12:12')
  expect(await mails(desk.karim)).toEqual([])
  expect(await alertsOf(desk.karim)).toHaveLength(1)
})

test('quiet hours hold mail back until they end: what was seen to meanwhile is left out, what became late is late', async () => {
  await prefer({ quiet: { from: '12:00', until: '15:00' } })
  const { id } = await ticket()
  await ticket()
  await at('12:12')
  await at('14:59')
  expect(await mails(desk.karim)).toEqual([])
  expect(await alertsOf(desk.karim)).toHaveLength(4)
  await desk.karim.call(resolveTicket, { params: { id } })
  await at('15:00')
  expect(await mails(desk.karim)).toEqual([late])
  await at('15:30')
  expect(await mails(desk.karim)).toHaveLength(1)
})

test('preferences are one’s own, and hours that begin as they end are refused', async () => {
  const mine = { byMail: true, quiet: { from: '19:00', until: '08:00' }, timeZone: 'Indian/Reunion' }
  expect(await prefer(mine)).toEqual(mine)
  expect(await desk.karim.call(getAlertPreferences)).toEqual(mine)
  expect(await desk.lea.call(getAlertPreferences)).toMatchObject({ byMail: true, quiet: null })
  const never = { ...mine, quiet: { from: '08:00', until: '08:00' } }
  expect(await desk.karim.refused(saveAlertPreferences, { body: never })).toMatchObject({
    status: 400,
    fields: [{ path: 'quiet.until', code: 'window_empty' }],
  })
})
