import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  arrangeBoard,
  compared,
  figureNames,
  figures,
  getBoard,
  linesShown,
  listFigureLines,
  type FigureName,
} from '#contract/figures'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { boardRow, figureLines, type BoardRow } from './queries.ts'
import { aPractice, live } from './recounting/practice.ts'
import { recount } from './recounting/recount.ts'

const server = await tenancyServer()
let moreau: TestPractice
let claire: TestMember
let hugo: TestMember

beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  hugo = await moreau.join({ firstName: 'Hugo', lastName: 'Lefèvre', profile: 'practitioner' })
})

/** Lets something happen in the practice, and takes it back. */
async function meanwhile(work: (db: TenantDb) => Promise<void>): Promise<void> {
  const over = new Error('taken back')
  await server.tenants.databases
    .within(moreau.tenantId, 'practitioner', async (db) => {
      await work(db)
      throw over
    })
    .catch((error: unknown) => {
      if (error !== over) throw error
    })
}

const everything = { agenda: true, patients: true, people: true, money: true }

/** What the board says of a figure, and of what it is compared with. */
function said(
  { agenda, patients, people, money }: BoardRow,
  name: FigureName,
): { value: number; before?: number } {
  if (!agenda || !patients || !people || !money) throw new Error('a section is missing')
  return {
    today: { value: agenda.today },
    appointments: agenda.appointments,
    absences: { value: agenda.absences.count },
    new_patients: patients.fresh,
    patients: { value: patients.all },
    followed: { value: people.followed },
    most_consulted: { value: people.mostConsulted?.sessions ?? 0 },
    origin: { value: people.origin?.patients ?? 0 },
    collected_day: money.day,
    collected_week: money.week,
    collected_month: money.month,
    to_collect: { value: money.toCollect.cents },
    forecast: { value: money.forecast.cents },
  }[name]
}

test('whatever happens in a practice, wherever it is and whatever the hour, every figure equals its recount, and its lines add up to it', async () => {
  await fc.assert(
    fc.asyncProperty(aPractice, fc.boolean(), async (practice, alone) => {
      await meanwhile(async (db) => {
        await live(db, [claire.memberId, hugo.memberId], practice)
        const { now, zone } = practice
        const own = alone ? claire.memberId : null
        const asked = { now, own, namesPatients: true }
        const board = await boardRow(db, { ...asked, memberId: claire.memberId, sections: everything })
        const counted = await recount(db, { now, zone, only: own })

        const { agenda, patients, people, money } = board
        expect(agenda).toMatchObject(counted.agenda)
        expect(patients).toMatchObject(counted.patients)
        expect({
          followed: people?.followed,
          mostSessions: people?.mostConsulted?.sessions ?? 0,
          mostFrom: people?.origin?.patients ?? 0,
        }).toEqual(counted.people)
        const { lastOfMonths, firstOfMonths, ...amounts } = counted.money
        expect(money).toMatchObject(amounts)
        expect(money?.months).toHaveLength(12)
        expect([money?.months[0]?.cents, money?.months[11]?.cents]).toEqual([firstOfMonths, lastOfMonths])

        // Nothing is awaited twice.
        const [due, expected] = await Promise.all(
          (['to_collect', 'forecast'] as const).map((name) =>
            figureLines(db, name, { before: false }, asked),
          ),
        )
        const dueIds = new Set(due?.rows.map(({ id }) => id))
        expect(expected?.rows.filter(({ id }) => dueIds.has(id))).toEqual([])

        for (const name of figureNames) {
          const total = async (before: boolean) => {
            const { rows, count, cents } = await figureLines(db, name, { before }, asked)
            expect(count).toBe(rows.length)
            expect(cents).toBe(rows.reduce((sum, line) => sum + (line.cents ?? 0), 0))
            expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
            return figures[name].money ? rows.reduce((sum, { cents }) => sum + (cents ?? 0), 0) : rows.length
          }
          const { value, before } = said(board, name)
          expect(await total(false), name).toBe(value)
          if ((compared as readonly FigureName[]).includes(name))
            expect(await total(true), `${name} before`).toBe(before)
        }
        const absent = { cancelled: 'cancelled', late_cancelled: 'lateCancelled', no_show: 'noShow' } as const
        for (const [status, counter] of Object.entries(absent)) {
          const { rows } = await figureLines(db, 'absences', { before: false, status }, asked)
          expect(rows.length, status).toBe(agenda?.absences[counter])
        }
        for (const { month, cents } of money?.months.slice(9, 11) ?? []) {
          const { rows } = await figureLines(db, 'collected_month', { before: false, month }, asked)
          expect(
            rows.reduce((sum, line) => sum + (line.cents ?? 0), 0),
            month,
          ).toBe(cents)
        }
      })
    }),
    { numRuns: 20 },
  )
}, 60_000)

test('a practitioner sees their own figures first and those of the practice when they choose; a secretary what she was granted', async () => {
  const own = await claire.call(getBoard, { query: {} })
  expect(own).toMatchObject({ scope: 'own', mayChooseScope: true, arrangement: null })
  expect(own.money?.months).toHaveLength(12)
  const all = await claire.call(getBoard, { query: { scope: 'practice' } })
  expect(all.scope).toBe('practice')

  const lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  const hers = await lea.call(getBoard, { query: {} })
  expect(hers).toMatchObject({ scope: 'practice', mayChooseScope: false, money: null, people: null })
  expect(hers.agenda).not.toBeNull()
  const refused = await lea.ask(listFigureLines, { query: { of: 'collected_month' } })
  expect(refused.status).toBe(403)
})

test('what stands next says who, when and with whom; its lines name the outcome', async () => {
  await server.tenants.databases.within(moreau.tenantId, 'practitioner', async (db) => {
    const { id } = await db
      .insertInto('patients')
      .values({ practitionerId: claire.memberId, firstName: 'Karim', lastName: 'Benali' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const soon = Date.now() + 60_000
    await db
      .insertInto('appointments')
      .values({
        practitionerId: claire.memberId,
        patientId: id,
        startsAt: new Date(soon),
        endsAt: new Date(soon + 45 * 60_000),
        feeCents: 6_000,
        dueCents: 6_000,
      })
      .execute()
  })
  const { agenda, money } = await claire.call(getBoard, { query: {} })
  expect(agenda?.next).toMatchObject([
    { patient: { name: 'Karim Benali' }, practitioner: 'Claire Moreau', place: 'office' },
  ])
  expect(money?.forecast).toEqual({ cents: 6_000, count: 1 })
  const { rows, total } = await claire.call(listFigureLines, { query: { of: 'forecast' } })
  expect(total).toBe(6_000)
  expect(rows).toMatchObject([{ kind: 'appointment', status: 'planned', cents: 6_000 }])
})

test('of more lines than a page holds the latest are shown, and all of them counted', async () => {
  await meanwhile(async (db) => {
    const patients = Array.from({ length: linesShown + 20 }, (_, place) => ({
      practitionerId: claire.memberId,
      firstName: 'Sacha',
      lastName: `Nº ${place}`,
    }))
    await db.insertInto('patients').values(patients).execute()
    const asked = { now: new Date(), own: null, namesPatients: true }
    const { rows, count } = await figureLines(db, 'patients', { before: false }, asked)
    expect(rows).toHaveLength(linesShown)
    expect(count).toBeGreaterThanOrEqual(linesShown + 20)
  })
})

test('everybody arranges their own cards, and has the first arrangement back when they ask', async () => {
  const arrangement = { order: ['forecast', 'upcoming'], hidden: ['origin'] } as const
  await claire.call(arrangeBoard, {
    body: { arrangement: { order: [...arrangement.order], hidden: ['origin'] } },
  })
  expect((await claire.call(getBoard, { query: {} })).arrangement).toEqual(arrangement)
  expect((await hugo.call(getBoard, { query: {} })).arrangement).toBeNull()
  await claire.call(arrangeBoard, { body: { arrangement: null } })
  expect((await claire.call(getBoard, { query: {} })).arrangement).toBeNull()
})
