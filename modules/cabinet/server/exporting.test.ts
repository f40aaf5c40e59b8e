import { unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { addFile, exportPractice } from '#contract/cabinet'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

const server = await tenancyServer()
let practice: TestPractice
let claire: TestMember
let lea: TestMember
beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
}, 60_000)

async function exported(
  member: TestMember,
  notes: 'mine' | 'none' = 'mine',
): Promise<Record<string, Uint8Array>> {
  const reply = await member.ask(exportPractice, { query: { notes } })
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/zip' } })
  return unzipSync(reply.bytes)
}

test('a practitioner takes everything of the practice along, and nothing that is sealed', async () => {
  await claire.call(addFile, {
    query: { name: 'bail.pdf' },
    file: new Blob(['%PDF-1.7\nle bail'], { type: 'application/pdf' }),
  })
  const zip = await exported(claire)
  const names = Object.keys(zip)
  expect(names).toEqual(
    expect.arrayContaining(['csv/patients.csv', 'json/appointments.json', 'files/bail.pdf', 'README.txt']),
  )
  expect(names.some((name) => name.includes('audit_outbox'))).toBe(false)
  // Not that a colleague wrote, when, or of whom: notes are their author's alone.
  expect(names.filter((name) => /(csv|json)\/note/.test(name))).toEqual([])
  const readme = new TextDecoder().decode(zip['README.txt'])
  expect(readme).toContain('Les notes ne sont dans aucune table de cet export')
  expect(readme).toContain('notes/mes-notes.json')
  expect(readme).not.toMatch(/note_versions|_sealed|^notes /m)
  expect(JSON.parse(new TextDecoder().decode(zip['notes/mes-notes.json']))).toEqual([])
  const [look] = await entriesOf(server, { verb: 'practice.exported' })
  expect(look).toMatchObject({ actorId: claire.memberId, after: { files: 1, notes: 0 } })
})

test('its hours are those of the practice’s calendar, and its README says so, of what day it is and what is left out', async () => {
  await server.tenants.databases.within(practice.tenantId, 'practitioner', async (db) => {
    await db.updateTable('practice').set({ timeZone: 'Indian/Reunion' }).execute()
    await db
      .insertInto('tasks')
      .values({ title: 'Rappeler', createdBy: claire.memberId, createdAt: new Date('2026-11-20T21:30Z') })
      .execute()
  })
  const zip = await exported(claire, 'none')
  const text = (path: string) => new TextDecoder().decode(zip[path])
  expect(text('csv/tasks.csv')).toContain('2026-11-21 01:30:00+04')
  expect(text('json/tasks.json')).toContain('2026-11-21T01:30:00+04:00')
  const readme = text('README.txt')
  expect(readme).toMatch(/^.+\r\nDonnées du cabinet au \d{1,2}(er)? \S+ \d{4} à/)
  expect(readme).toContain('Indian/Reunion')
  expect(readme).toContain('Vous n’avez pas demandé les vôtres')
  expect(readme).not.toMatch(/complet|mes-notes/)
  expect(Object.keys(zip).filter((name) => name.startsWith('notes/'))).toEqual([])
})

test('a secretary who works there does not', async () => {
  expect(await lea.refused(exportPractice, { query: {} })).toMatchObject({ status: 403, code: 'forbidden' })
})
