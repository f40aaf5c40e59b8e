import type { Act, Acts } from './acts.ts'
import type { Course } from './courses.ts'
import type { Making, Patient, Session } from './life.ts'
import type { RowOf } from './loading.ts'
import type { PracticeDay } from './practice-days.ts'

/** Twelve a calendar year are paid for; a course of so many never reaches that. */
const monSoutienPsySessions = 10

/** What a course is booked as, and how it came out; an hour given back is sometimes somebody else's. */
export function makeSessions(
  making: Making,
  courses: readonly Course[],
  whose: readonly (Patient | undefined)[],
  acts: Acts,
) {
  const { life, chance, id } = making
  const sessions: Session[] = []
  const series: RowOf<'appointmentSeries'>[] = []
  const known = new Set<string>()
  const recent: Patient[] = []
  for (const [index, course] of courses.entries()) {
    const patient = whose[index]
    if (!patient) continue
    const days =
      patient.kind === 'mon_soutien_psy' ? course.days.slice(0, monSoutienPsySessions) : course.days
    const [first] = days
    if (!first) continue
    let seriesId: string | null = null
    if (days.length > 5 && chance.once(0.5)) {
      seriesId = id('series', first.at(course.hour))
      series.push({
        id: seriesId,
        practitionerId: course.practitionerId,
        everyWeeks: course.everyWeeks,
        firstOn: first.on,
        lastOn: days.at(-1)?.on ?? first.on,
        startsLocal: `${String(course.hour).padStart(2, '0')}:00`,
        createdAt: earliest(life.now, first.at(8)),
      })
    }
    for (const day of days) {
      const act = known.has(patient.id) ? acts[patient.kind] : acts.first
      const isFirst = act === acts.first && patient.kind !== 'mon_soutien_psy'
      known.add(patient.id)
      const session = sessionOf(making, {
        practitionerId: course.practitionerId,
        patient,
        act: isFirst ? act : acts[patient.kind],
        day,
        hour: course.hour,
        seriesId,
      })
      sessions.push(session)
      const given = session.status === 'cancelled' || session.status === 'late_cancelled'
      const instead = given && chance.once(0.35) ? recent[chance.between(0, recent.length - 1)] : undefined
      if (instead?.practitionerId === course.practitionerId && instead.kind === 'adult')
        sessions.push({
          ...sessionOf(making, { ...course, patient: instead, act: acts.adult, day, seriesId: null }, true),
        })
    }
    recent.push(patient)
    if (recent.length > 12) recent.shift()
  }
  return { sessions, series }
}

type Booked = {
  practitionerId: string
  patient: Patient
  act: Act
  day: PracticeDay
  hour: number
  seriesId: string | null
}

export function sessionOf(
  { life, chance, id }: Making,
  { practitionerId, patient, act, day, hour, seriesId }: Booked,
  /** Somebody took an hour that was free: they come. */
  isSure = false,
): Session {
  const startsAt = day.at(hour)
  const endsAt = new Date(startsAt.getTime() + act.minutes * 60_000)
  const feeCents = act.feeOn(day.on)
  const status = outcome(endsAt, life.now, isSure ? 0 : chance.between(0, 999))
  const bookedAt = earliest(
    new Date(life.now.getTime() - chance.between(1, 400) * 600_000),
    new Date(startsAt.getTime() - chance.between(5, 40) * 86_400_000),
  )
  return {
    id: id('appointment', startsAt),
    practitionerId,
    patientId: patient.id,
    title: '',
    actId: act.id,
    startsAt,
    endsAt,
    status,
    statusAt: status === 'planned' ? null : earliest(life.now, status === 'kept' ? endsAt : startsAt),
    place: chance.once(0.07) ? 'video' : 'office',
    feeCents,
    dueCents: status === 'cancelled' ? 0 : feeCents,
    seriesId,
    bookedBy: life.secretaries.length > 0 && chance.once(0.4) ? chance.of(life.secretaries) : practitionerId,
    bookedAt,
  }
}

/** Out of a thousand: 72 are cancelled, 24 too late, 34 do not come. Nobody has said yet how the last hours came out. */
function outcome(endsAt: Date, now: Date, drawn: number): Session['status'] {
  const hoursAgo = (now.getTime() - endsAt.getTime()) / 3_600_000
  if (hoursAgo < 2) return hoursAgo > -120 && drawn >= 970 ? 'cancelled' : 'planned'
  if (drawn >= 928) return 'cancelled'
  if (drawn >= 904) return 'late_cancelled'
  if (drawn >= 870) return 'no_show'
  return 'kept'
}

const earliest = (...instants: Date[]) => new Date(Math.min(...instants.map(Number)))
