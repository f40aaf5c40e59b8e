/** The same hour every so many weeks. One of them is an appointment like any other; this and those after it go together. */
import { z } from 'zod'
import { consentMissing, PatientWarning } from '#contract/patients'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Appointment, InTheWay, Outside } from './appointment.ts'
import {
  appointmentChanged,
  appointmentInvoiced,
  appointmentPaid,
  feeReserved,
  forNobody,
  monSoutienPsyFeeFixed,
  monSoutienPsyUsedUp,
  noLength,
  saysForWhom,
  saysHowLong,
  What,
} from './booking.ts'
import { LocalTime, Minutes, wrong } from './wall-clock.ts'

/** Two years of weeks. */
export const mostOccurrences = 104

/** Something stands in the way of some; `details.taken` says of which (rows of a preview). */
export const seriesOverlaps = refusal('series_overlaps')
/** What came out already stays: a series changes from one that is still planned. */
export const seriesNotPlanned = refusal('series_not_planned')
/** Nothing is left of it to book. */
export const seriesEmpty = refusal('series_empty', 422)

const rhythm = {
  startsLocal: LocalTime,
  everyWeeks: z.coerce.number().int().min(1).max(8),
  /** Until a day, included, or so many times. */
  until: Day.optional(),
  count: z.coerce.number().int().min(1).max(mostOccurrences).optional(),
}
type Rhythm = {
  startsLocal: string
  everyWeeks: number
  until?: string | undefined
  count?: number | undefined
}

const weeks = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (7 * 86_400_000)
const saysWhenItEnds = ({ until, count }: Rhythm) => (until === undefined) !== (count === undefined)
const endsInTime = ({ startsLocal, everyWeeks, until = startsLocal.slice(0, 10) }: Rhythm) => {
  const first = startsLocal.slice(0, 10)
  return until >= first && weeks(first, until) / everyWeeks < mostOccurrences
}
const endless = wrong('until', 'until_or_count')
const wrongEnd = wrong('until', 'until_wrong')

/** One time of a series before anything is written. */
export const Occurrence = z.object({
  on: Day,
  startsLocal: LocalTime,
  /**
   * `free`; `taken` by what stands there; `skipped` unless somebody wants it all the same, for a public holiday or an
   * absence; `missing`: an hour that clocks skip that day.
   */
  state: z.enum(['free', 'taken', 'skipped', 'missing']),
  outside: Outside,
  taken: InTheWay.nullable(),
})
export type Occurrence = z.infer<typeof Occurrence>

export const previewSeries = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/appointment-series/preview',
  may: 'agenda.manage',
  summary:
    'Every time a series would have, and what stands in its way; with one time, of a single appointment',
  input: {
    query: z
      .object({ ...rhythm, minutes: z.coerce.number().pipe(Minutes), practitionerId: Id.optional() })
      .refine(saysWhenItEnds, endless)
      .refine(endsInTime, wrongEnd),
  },
  output: z.object({ occurrences: z.array(Occurrence) }),
  refreshedBy: ['agenda', 'agenda_settings'],
})

const member = { realm: 'member', may: 'agenda.manage', stepUp: false, touches: ['agenda'] } as const

export const bookSeries = endpoint({
  ...member,
  method: 'POST',
  path: '/appointment-series',
  records: 'appointment_series.booked',
  summary: 'Books the same hour every so many weeks; public holidays and absences are left out unless told',
  input: {
    body: What.extend({
      ...rhythm,
      /** Days to leave out, though they are free or taken. */
      skip: z.array(Day).max(mostOccurrences).default([]),
      /** Days to book though they are holidays or in an absence. */
      keep: z.array(Day).max(mostOccurrences).default([]),
    })
      .refine(saysForWhom, forNobody)
      .refine(saysHowLong, noLength)
      .refine(saysWhenItEnds, endless)
      .refine(endsInTime, wrongEnd),
  },
  output: z.object({
    seriesId: Id,
    appointments: z.array(Appointment),
    /** What was left out, and why. */
    skipped: z.array(Occurrence),
    /** What is to be settled before a minor comes. */
    warnings: z.array(PatientWarning),
  }),
  status: 201,
  refusals: [
    seriesOverlaps,
    seriesEmpty,
    feeReserved,
    monSoutienPsyUsedUp,
    monSoutienPsyFeeFixed,
    consentMissing,
  ],
})

/** This one and all planned ones after it; of a single one, `moveAppointment` and `markAppointment`. */
export const changeSeries = endpoint({
  ...member,
  method: 'POST',
  path: '/appointments/:id/following',
  records: 'appointment_series.changed',
  about: 'appointment',
  summary: 'Moves or cancels an appointment of a series and all planned ones that follow it',
  input: {
    params: z.object({ id: Id }),
    body: z.object({
      /** Of the appointment it begins with. */
      revision: Revision,
      change: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('move'),
          /** Where the first one goes; the others go as many days further, to the same hour. */
          startsLocal: LocalTime,
          minutes: Minutes.optional(),
          /** Days (as they stand now) of those that stay where they are. */
          skip: z.array(Day).max(mostOccurrences).default([]),
        }),
        z.object({
          kind: z.literal('cancel'),
          /** What the practice's rule calls late is cancelled late, or all of it is for nothing. */
          late: z.enum(['by_rule', 'free']).default('by_rule'),
        }),
      ]),
    }),
  },
  output: z.object({
    appointments: z.array(Appointment),
    /** Those that are now where the practice is closed. */
    closed: z.array(z.object({ id: Id, outside: Outside })),
    /** Where each stood, so that it can be taken back (`moveAppointments`, `markAppointments`). */
    before: z.array(z.object({ id: Id, startsLocal: LocalTime, minutes: z.int() })),
  }),
  refusals: [
    seriesOverlaps,
    seriesEmpty,
    seriesNotPlanned,
    appointmentChanged,
    appointmentPaid,
    appointmentInvoiced,
    monSoutienPsyUsedUp,
  ],
})
