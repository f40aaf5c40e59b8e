/** Fills a practice of the demonstration: years of appointments up to today and some weeks ahead, as a practice has them. */
import type pg from 'pg'
import { chanceOf } from '../chance.ts'
import { demoId } from '../ids.ts'
import { streets } from '../places.ts'
import { rpps, siret } from '../professional-numbers.ts'
import { makeActs, type Acts } from './acts.ts'
import { coursesOf } from './courses.ts'
import { makeDataRequests } from './data-requests.ts'
import { makeCalls, makeMessages, makeTasks } from './desk.ts'
import { houseOf, makeFeeNotes } from './fee-notes.ts'
import type { Life, Making, Patient, Session } from './life.ts'
import { load, type RowOf } from './loading.ts'
import { makeConsents, makeOrigins, makePatients } from './patients.ts'
import { dayIn, practiceDay, practiceDays } from './practice-days.ts'
import { makeSessions, sessionOf } from './sessions.ts'
import { makeTakings } from './takings.ts'
import { timeOff } from './time-off.ts'

const weeksAhead = 6

/** @param client in the role that owns the practice's tables */
export async function fillPractice(client: pg.Client, name: string, life: Life): Promise<void> {
  const numbers = new Map<string, number>()
  const making: Making = {
    life,
    chance: chanceOf(life.seed),
    today: dayIn(life.now),
    id(what, at) {
      const number = (numbers.get(what) ?? 0) + 1
      numbers.set(what, number)
      return demoId(`${life.seed} ${what}`, number, at)
    },
  }
  const today = Temporal.PlainDate.from(making.today)
  const days = practiceDays(
    today.subtract({ years: life.years }).toString(),
    today.add({ weeks: weeksAhead }).toString(),
  )
  const { acts, rows: prices } = makeActs(making, days[0]?.on ?? making.today)
  const off = life.practitioners.map((working, place) => timeOff(making, working, place, days))
  const open = life.practitioners.map((_, place) => days.filter(({ on }) => !off[place]?.away.has(on)))
  const hoursInAll = life.practitioners.reduce(
    (sum, { weekdays, hours }, place) =>
      sum + (open[place]?.filter(({ weekday }) => weekdays.includes(weekday)).length ?? 0) * hours.length,
    0,
  )
  const meanLength = hoursInAll / (life.patients * 1.25)
  const courses = life.practitioners
    .flatMap((working, place) => coursesOf(making, working, open[place] ?? [], meanLength))
    .toSorted((one, other) => Number(one.days[0]?.at(one.hour)) - Number(other.days[0]?.at(other.hour)))
  const { patients, whose } = makePatients(making, courses)
  const origins = makeOrigins(making, patients)
  const { relatives, consents } = makeConsents(making, patients)
  const { sessions, series } = makeSessions(making, courses, whose, acts)
  const { openSlots, alsoToday } = comeAnyway(making, patients, sessions, acts)
  sessions.push(...alsoToday)
  const { payments, allocations } = makeTakings(making, patients, sessions)

  await client.query('BEGIN')
  await introduce(client, making)
  await load(client, 'origins', origins)
  await load(client, 'patients', patients.map(kept))
  await load(client, 'relatives', relatives)
  await load(client, 'consents', consents)
  await load(client, 'acts', prices.acts)
  await load(client, 'tariffs', prices.tariffs)
  await load(client, 'workingHours', usualHours(making))
  await load(
    client,
    'absences',
    off.flatMap(({ rows }) => rows),
  )
  await load(client, 'openSlots', openSlots)
  await load(client, 'appointmentSeries', series)
  await load(
    client,
    'appointments',
    sessions.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime()),
  )
  await load(client, 'payments', payments)
  await load(client, 'paymentAllocations', allocations)
  const billed = makeFeeNotes(making, await houseOf(client), patients, sessions, prices.acts, {
    payments,
    allocations,
  })
  await load(client, 'feeNotes', billed.notes)
  await load(client, 'feeNoteLines', billed.lines)
  await load(client, 'feeNoteSeries', billed.series)
  await load(client, 'calls', makeCalls(making, patients, life.patients > 200 ? 4 : 1))
  await load(client, 'tasks', makeTasks(making, patients, life.patients > 200 ? 60 : 9))
  await load(client, 'patientRequests', makeDataRequests(making, patients))
  await load(client, 'messages', makeMessages(making, name, patients, sessions))
  await client.query('COMMIT')
  // Right after a load the planner knows nothing; autovacuum would tell it a minute later.
  await client.query('ANALYZE patients, appointments, payments, payment_allocations, calls, tasks, messages')
}

/** What the table keeps of somebody: everything but what kind of patient they were made as. */
function kept(patient: Patient): RowOf<'patients'> {
  const row: RowOf<'patients'> & Partial<Pick<Patient, 'kind'>> = { ...patient }
  delete row.kind
  return row
}

/** How the practice is reached, and what its practitioners sign with. */
async function introduce(client: pg.Client, { life, chance }: Making) {
  const { city, postalCode } = life.place
  await client.query('UPDATE practice SET phone = $1, address = $2, postcode = $3, city = $4', [
    `03 53 01 ${chance.digits(2)} ${chance.digits(2)}`,
    `${chance.between(1, 90)} ${chance.of(streets)}`,
    postalCode,
    city,
  ])
  for (const { memberId, profession } of life.practitioners)
    await client.query(
      'UPDATE profiles SET profession = $2, rpps = $3, siret = $4, phone = $5 WHERE member_id = $1',
      [memberId, profession, rpps(chance), siret(chance), `06 39 98 ${chance.digits(2)} ${chance.digits(2)}`],
    )
}

function usualHours({ life, id }: Making): RowOf<'workingHours'>[] {
  return life.practitioners.flatMap(({ memberId, weekdays, hours }) =>
    weekdays.flatMap((weekday) =>
      runsOf(weekday === 6 ? hours.filter((hour) => hour <= 13) : hours).map(([from, to]) => ({
        id: id('hours', life.now),
        practitionerId: memberId,
        weekday,
        fromMinute: from * 60,
        toMinute: to * 60,
      })),
    ),
  )
}

/** Hours that follow one another: `[9, 10, 11, 14]` are from 9 to 12 and from 14 to 15. */
function runsOf(hours: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (const hour of hours) {
    const last = runs.at(-1)
    if (last?.[1] === hour) last[1] = hour + 1
    else runs.push([hour, hour + 1])
  }
  return runs
}

/** On a Sunday or a holiday whoever looks at a demonstration sees somebody come too: the practice is open by exception. */
function comeAnyway(making: Making, patients: readonly Patient[], sessions: readonly Session[], acts: Acts) {
  const { life, today, chance, id } = making
  const day = practiceDay(Temporal.PlainDate.from(today))
  const none = { openSlots: [], alsoToday: [] }
  const [holder] = life.practitioners
  if (!holder) return none
  const isOpen = sessions.some(
    ({ practitionerId, startsAt }) => practitionerId === holder.memberId && dayIn(startsAt) === today,
  )
  if (isOpen) return none
  const recent = new Set(
    sessions
      .filter(({ startsAt }) => Math.abs(startsAt.getTime() - life.now.getTime()) < 40 * 86_400_000)
      .map(({ patientId }) => patientId),
  )
  const coming = patients.filter(
    (patient) =>
      patient.practitionerId === holder.memberId && patient.kind === 'adult' && recent.has(patient.id),
  )
  if (coming.length === 0) return none
  const openSlots: RowOf<'openSlots'>[] = [
    {
      id: id('slot', life.now),
      practitionerId: holder.memberId,
      startsAt: day.at(9),
      endsAt: day.at(19),
      label: 'Ouverture exceptionnelle',
      createdBy: holder.memberId,
    },
  ]
  const alsoToday = [9, 10, 11, 14, 16, 17, 18].map((hour) =>
    sessionOf(
      making,
      {
        practitionerId: holder.memberId,
        patient: chance.of(coming),
        act: acts.adult,
        day,
        hour,
        seriesId: null,
      },
      true,
    ),
  )
  return { openSlots, alsoToday }
}
