/**
 * The figures counted once more, by SQL written for that alone: from the rules of the product, straight from the tables,
 * with days worked out here and not by PostgreSQL. Nothing of it is shared with what the dashboard asks.
 */
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'

type Whose = { now: Date; zone: string; only: string | null }

export async function recount(db: TenantDb, { now, zone, only }: Whose) {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const opens = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(zone).epochMilliseconds)
  const first = today.with({ day: 1 })
  const next = first.add({ months: 1 })
  const last = first.subtract({ months: 1 })
  const tomorrow = today.add({ days: 1 })
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const mine = only ? sql`practitioner_id = ${only}` : sql`true`
  const ask = async (question: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ answer: number | null }>`select (${question})::bigint as answer`.execute(db)
    return Number(rows[0]?.answer ?? 0)
  }

  const held = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
    ask(sql`select count(*) from appointments where patient_id is not null and status = any('{planned,kept}')
      and starts_at >= ${opens(from)} and starts_at < ${opens(to)} and ${mine}`)
  const missed = (...statuses: string[]) =>
    ask(sql`select count(*) from appointments where patient_id is not null and status = any(${statuses})
      and starts_at >= ${opens(first)} and starts_at < ${opens(next)} and ${mine}`)
  const collected = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
    ask(sql`select sum(cents) from payments
      where received_on >= ${from.toString()} and received_on <= ${to.toString()} and ${mine}`)
  const opened = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
    ask(sql`select count(*) from patients where trashed_at is null and erased_at is null
      and created_at >= ${opens(from)} and created_at < ${opens(to.add({ days: 1 }))}`)

  /** Every debt there is, by hand: its day, whether it is due by now, what is left, whether it was billed this month. */
  const debts = sql`
    select due_cents - coalesce((select sum(cents) from payment_allocations x where x.appointment_id = a.id), 0) as open,
      practitioner_id, starts_at >= ${opens(first)} and starts_at < ${opens(next)} as this_month,
      ends_at <= ${now} or status in ('kept', 'no_show', 'late_cancelled') as is_due,
      exists (select from fee_note_lines l, fee_notes n where l.appointment_id = a.id and n.id = l.fee_note_id
        and n.cancelled_at is null and n.issued_on >= ${first.toString()} and n.issued_on < ${next.toString()}) as billed
    from appointments a where status <> 'cancelled' and due_cents > 0
    union all
    select due_cents - coalesce((select sum(cents) from payment_allocations x where x.extra_fee_id = f.id), 0),
      practitioner_id, done_on >= ${first.toString()} and done_on < ${next.toString()}, true,
      exists (select from fee_note_lines l, fee_notes n where l.extra_fee_id = f.id and n.id = l.fee_note_id
        and n.cancelled_at is null and n.issued_on >= ${first.toString()} and n.issued_on < ${next.toString()})
    from extra_fees f`
  const toCollect = (measure: ReturnType<typeof sql>) =>
    ask(
      sql`select ${measure} from (${debts}) d where open > 0 and (billed or (this_month and is_due)) and ${mine}`,
    )
  const ahead = (measure: ReturnType<typeof sql>) =>
    ask(sql`select ${measure} from (select practitioner_id,
        due_cents - coalesce((select sum(cents) from payment_allocations x where x.appointment_id = a.id), 0) as open
      from appointments a where status = 'planned' and ends_at > ${now} and id not in (
        select l.appointment_id from fee_note_lines l join fee_notes n on n.id = l.fee_note_id
        where n.cancelled_at is null and l.appointment_id is not null)) d where open > 0 and ${mine}`)

  const absences = await missed('cancelled', 'late_cancelled', 'no_show')
  return {
    agenda: {
      today: await ask(sql`select count(*) from appointments where patient_id is not null
        and status not in ('cancelled', 'late_cancelled')
        and starts_at >= ${opens(today)} and starts_at < ${opens(tomorrow)} and ${mine}`),
      appointments: { value: await held(first, next), before: await held(last, first) },
      absences: {
        count: absences,
        cancelled: await missed('cancelled'),
        lateCancelled: await missed('late_cancelled'),
        noShow: await missed('no_show'),
        outOf: absences + (await held(first, next)),
      },
    },
    patients: {
      all: await ask(sql`select count(*) from patients where trashed_at is null and erased_at is null`),
      fresh: { value: await opened(first, today), before: await opened(last, today.subtract({ months: 1 })) },
    },
    people: {
      followed:
        await ask(sql`select count(distinct p.id) from patients p join appointments a on a.patient_id = p.id
        where p.trashed_at is null and p.erased_at is null and a.status in ('planned', 'kept')
        and a.starts_at >= ${opens(today.subtract({ months: 6 }))}
        and a.starts_at < ${opens(today.add({ months: 6 }).add({ days: 1 }))}`),
      mostSessions: await ask(sql`select max(sessions) from (select count(*) as sessions
        from appointments a join patients p on p.id = a.patient_id
        where p.trashed_at is null and p.erased_at is null and a.starts_at >= ${opens(today.subtract({ years: 1 }))}
        and (a.status = 'kept' or (a.status = 'planned' and a.ends_at <= ${now})) group by p.id) counted`),
      mostFrom: await ask(sql`select max(many) from (select count(*) as many from patients
        where trashed_at is null and erased_at is null and origin_id is not null group by origin_id) counted`),
    },
    money: {
      day: {
        value: await collected(today, today),
        before: await collected(today.subtract({ days: 1 }), today.subtract({ days: 1 })),
      },
      week: {
        value: await collected(monday, today),
        before: await collected(monday.subtract({ days: 7 }), today.subtract({ days: 7 })),
      },
      month: {
        value: await collected(first, today),
        before: await collected(last, today.subtract({ months: 1 })),
      },
      toCollect: { cents: await toCollect(sql`sum(open)`), count: await toCollect(sql`count(*)`) },
      forecast: { cents: await ahead(sql`sum(open)`), count: await ahead(sql`count(*)`) },
      lastOfMonths: await collected(first, today),
      firstOfMonths: await collected(
        first.subtract({ months: 11 }),
        first.subtract({ months: 10 }).subtract({ days: 1 }),
      ),
    },
  }
}
