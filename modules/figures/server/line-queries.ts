/**
 * The lines of each figure: one select a figure, from which the board counts and the page of lines lists, so that neither
 * can say what the other does not. All of them read `e` (edges.ts).
 */
import type { RawBuilder } from 'kysely'
import type { FigureName } from '#contract/figures'
import { sql } from '#platform/server/db.ts'
import { begins, monthOf, stretches, within, type Bounds } from './edges.ts'

type Part = RawBuilder<unknown>
export type When = {
  /** The stretch that the figure is compared with. */
  before: boolean
  /** Another month, where the figure has any: `2026-03`. */
  month?: string | undefined
  /** Of absences, one outcome alone. */
  status?: string | undefined
}

const counted = sql`(e.only is null or a.practitioner_id = e.only)`
/** What takes time without a patient is no session; a secretary's own agenda has no patients. */
const isSession = sql`(a.patient_id is not null or e.kind = 'secretary')`
/** What is over and of which nobody said anything was kept. */
const outcome = sql`case when a.status = 'planned' and a.ends_at <= e.now then 'kept' else a.status end`

const appointments = (where: Part, cents: Part = sql`null::integer`) => sql`
  select a.id, 'appointment' as kind, a.patient_id, a.practitioner_id, a.starts_at as at, null::date as on_day,
    coalesce(acts.name, a.title) as label, ${outcome} as status, null as method, ${cents} as cents
  from e cross join appointments a left join acts on acts.id = a.act_id
  where ${where}`

const living = sql`p.trashed_at is null and p.erased_at is null`

const patients = (where: Part) => sql`
  select p.id, 'patient' as kind, p.id as patient_id, p.practitioner_id, p.created_at as at, null::date as on_day,
    coalesce(origins.name, '') as label, null as status, null as method, null::integer as cents
  from e cross join patients p left join origins on origins.id = p.origin_id
  where ${living} and ${where}`

const payments = ({ from, to }: Bounds) => sql`
  select a.id, 'payment' as kind, a.patient_id, a.practitioner_id, null::timestamptz as at, a.received_on as on_day,
    a.reference as label, null as status, a.method, a.cents
  from e cross join payments a
  where a.received_on between (${from}) and (${to}) and ${counted}`

const aYear = { from: sql<string>`(e.today - interval '1 year')::date` }
const heldWithinAYear = sql`(a.status = 'kept' or (a.status = 'planned' and a.ends_at <= e.now))
  and a.starts_at >= ${begins(aYear.from)}`

/** Who came most often; of several the one who came last. */
export const mostConsulted = sql`
  select a.patient_id, count(*) as sessions
  from e cross join appointments a join patients p on p.id = a.patient_id
  where ${living} and ${heldWithinAYear}
  group by a.patient_id order by count(*) desc, max(a.starts_at) desc, a.patient_id limit 1`

/** Where most patients came from; of several the first by its name. */
export const bestOrigin = sql`
  select origins.id, origins.name, count(*) as patients
  from origins join patients p on p.origin_id = origins.id
  where ${living}
  group by origins.id order by count(*) desc, origins.name, origins.id limit 1`

/** Six months back to six months ahead. */
const sixMonths: Bounds = {
  from: sql`(e.today - interval '6 months')::date`,
  to: sql`(e.today + interval '6 months')::date`,
}

const [thisMonth] = stretches.wholeMonth
/** No appointment is longer (a constraint of the table): so an index finds those that are not over. */
const isAhead = sql`a.ends_at > e.now and a.starts_at > e.now - interval '24 hours'`

/** On a fee note that was not cancelled: to be paid, not looked forward to. */
const isBilled = sql`exists (select from fee_note_lines l join fee_notes n on n.id = l.fee_note_id
  where l.appointment_id = a.id and n.cancelled_at is null)`

const billedThisMonth = (what: Part) => sql`
  select ${what} from fee_notes n cross join e join fee_note_lines l on l.fee_note_id = n.id
  where n.cancelled_at is null and n.issued_on between (${thisMonth.from}) and (${thisMonth.to}) and ${what} is not null`

const paidFor = (what: Part) =>
  sql`coalesce((select sum(paid.cents) from payment_allocations paid where ${what}), 0)::integer`

/** Owed since this month, or billed in it: each found by an index of its own, then what is left of it. */
const toCollect = sql`
  select * from (
    select a.id, 'appointment' as kind, a.patient_id, a.practitioner_id, a.starts_at as at, null::date as on_day,
      coalesce(acts.name, '') as label, ${outcome} as status, null as method,
      a.due_cents - ${paidFor(sql`paid.appointment_id = a.id`)} as cents
    from e cross join (
      select a.id from appointments a cross join e where ${within(sql`a.starts_at`, thisMonth)} and a.due_cents > 0
        and (a.ends_at <= e.now or a.status <> 'planned')
      union ${billedThisMonth(sql`l.appointment_id`)}) found join appointments a on a.id = found.id
      left join acts on acts.id = a.act_id
    where a.patient_id is not null and a.due_cents > 0 and ${counted}
    union all
    select a.id, 'extra', a.patient_id, a.practitioner_id, ${begins(sql`a.done_on`)}, null, a.label, 'kept', null,
      a.due_cents - ${paidFor(sql`paid.extra_fee_id = a.id`)}
    from e cross join (
      select a.id from extra_fees a cross join e where a.done_on between (${thisMonth.from}) and (${thisMonth.to})
      union ${billedThisMonth(sql`l.extra_fee_id`)}) found join extra_fees a on a.id = found.id
    where ${counted}) owed
  where cents > 0`

const lines: { readonly [Name in FigureName]: (when: When) => Part } = {
  today: () =>
    appointments(
      sql`${within(sql`a.starts_at`, stretches.day[0])} and a.status not in ('cancelled', 'late_cancelled')
        and ${isSession} and ${counted}`,
    ),
  appointments: ({ before }) =>
    appointments(
      sql`${within(sql`a.starts_at`, stretches.wholeMonth[before ? 1 : 0])} and a.status in ('planned', 'kept')
        and ${isSession} and ${counted}`,
    ),
  absences: ({ status }) =>
    appointments(
      sql`${within(sql`a.starts_at`, thisMonth)} and a.status in ('cancelled', 'late_cancelled', 'no_show')
        and ${status === undefined ? sql`true` : sql`a.status = ${status}`}
        and ${isSession} and ${counted}`,
    ),
  new_patients: ({ before }) => patients(within(sql`p.created_at`, stretches.month[before ? 1 : 0])),
  patients: () => patients(sql`true`),
  followed: () =>
    patients(sql`p.id in (select a.patient_id from e cross join appointments a
      where a.status in ('planned', 'kept') and ${within(sql`a.starts_at`, sixMonths)})`),
  most_consulted: () =>
    appointments(sql`${heldWithinAYear} and a.patient_id = (select patient_id from (${mostConsulted}) most)`),
  origin: () => patients(sql`p.origin_id = (select id from (${bestOrigin}) best)`),
  collected_day: ({ before }) => payments(stretches.day[before ? 1 : 0]),
  collected_week: ({ before }) => payments(stretches.week[before ? 1 : 0]),
  collected_month: ({ before, month }) =>
    payments(month === undefined ? stretches.month[before ? 1 : 0] : monthOf(month)),
  to_collect: () => toCollect,
  forecast: () =>
    sql`select * from (${appointments(
      sql`a.status = 'planned' and ${isAhead} and a.due_cents > 0 and not ${isBilled} and ${counted}`,
      sql`a.due_cents - ${paidFor(sql`paid.appointment_id = a.id`)}`,
    )}) expected where cents > 0`,
}

/** One select of id, kind, patient_id, practitioner_id, at or on_day, label, status, method and cents. */
export const linesOf = (name: FigureName, when: When = { before: false }): Part => lines[name](when)

/** Which days a figure is of, where it is of any. */
export function boundsOf(name: FigureName, { before, month }: When): Bounds | undefined {
  if (name === 'collected_month' && month !== undefined) return monthOf(month)
  const stretch = {
    today: stretches.day,
    collected_day: stretches.day,
    collected_week: stretches.week,
    collected_month: stretches.month,
    new_patients: stretches.month,
    appointments: stretches.wholeMonth,
    absences: stretches.wholeMonth,
    to_collect: stretches.wholeMonth,
    patients: undefined,
    followed: undefined,
    most_consulted: undefined,
    origin: undefined,
    forecast: undefined,
  }[name]
  return stretch?.[before ? 1 : 0]
}
