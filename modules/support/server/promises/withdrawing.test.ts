import { expect, test } from 'vitest'
import {
  getPromises,
  restoreSlaVersion,
  saveSlaCalendar,
  saveSlaPolicy,
  withdrawSlaVersion,
} from '#contract/support'
import { freshStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { officeHours } from '../../../../tests/harness/support.ts'

let now = new Date('2027-01-11T08:00:00Z')
const server = await testServer({ clock: { now: () => now } })
const claire = await freshStaff(server, 'administrator', now)

const none = { firstResponse: null, nextResponse: null, resolution: null }
const allowances = { low: none, normal: none, high: none, urgent: none }
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
const calendar = (over: { id?: string; inForceFrom?: string } = {}) =>
  claire.call(saveSlaCalendar, {
    body: { name: 'Bureau', territory: 'national', calendar: officeHours, ...over },
  })
const policy = (calendarId: string, over: { id?: string; inForceFrom?: string } = {}) =>
  claire.call(saveSlaPolicy, { body: { name: 'Standard', calendarId, allowances, ...over } })
const withdraw = (id: string) => claire.call(withdrawSlaVersion, { params: { id } })
const restore = (id: string) => claire.call(restoreSlaVersion, { params: { id } })
const versionsOf = async (id: string) => {
  const { policies, calendars } = await claire.call(getPromises)
  return [...policies, ...calendars].find((one) => one.id === id)?.versions.length ?? 0
}

test('a version that has not begun is withdrawn, and taken back; its instant is free meanwhile', async () => {
  const { id: calendarId } = await calendar()
  const { id } = await policy(calendarId)
  const soon = later(60)
  const { versions } = await policy(calendarId, { id, inForceFrom: soon })
  const [waiting] = versions
  await withdraw(waiting!.id)
  expect(await versionsOf(id)).toBe(1)
  await restore(waiting!.id)
  expect(await versionsOf(id)).toBe(2)

  await withdraw(waiting!.id)
  await policy(calendarId, { id, inForceFrom: soon })
  expect(await claire.refused(restoreSlaVersion, { params: { id: waiting!.id } })).toMatchObject({
    code: 'sla_version_too_early',
  })
  expect(await versionsOf(id)).toBe(2)
})

test('what has begun stays: tickets were judged by it', async () => {
  const { id: calendarId, versions } = await calendar()
  expect(await claire.refused(withdrawSlaVersion, { params: { id: versions[0]!.id } })).toMatchObject({
    code: 'sla_version_begun',
  })
  const saved = await policy(calendarId, { inForceFrom: later(1) })
  now = new Date(now.getTime() + 60_000)
  expect(await claire.refused(withdrawSlaVersion, { params: { id: saved.versionId } })).toMatchObject({
    code: 'sla_version_begun',
  })
})

test('one that was withdrawn is not withdrawn again, and comes back only while its time has not come', async () => {
  const { id: calendarId } = await calendar()
  const { versionId } = await policy(calendarId, { inForceFrom: later(10) })
  await withdraw(versionId)
  expect(await claire.refused(withdrawSlaVersion, { params: { id: versionId } })).toMatchObject({
    status: 404,
  })
  now = new Date(now.getTime() + 11 * 60_000)
  expect(await claire.refused(restoreSlaVersion, { params: { id: versionId } })).toMatchObject({
    code: 'sla_version_too_early',
  })
})

test('a calendar that a policy counts by keeps a version', async () => {
  const { id, versionId } = await calendar({ inForceFrom: later(10) })
  const counting = await policy(id, { inForceFrom: later(20) })
  expect(await claire.refused(withdrawSlaVersion, { params: { id: versionId } })).toMatchObject({
    code: 'sla_calendar_needed',
  })
  await withdraw(counting.versionId)
  await withdraw(versionId)
  expect(await versionsOf(id)).toBe(0)
})
