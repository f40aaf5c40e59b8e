import type { RawBuilder } from 'kysely'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { askedBy } from './asked.ts'
import type { Rate } from './rates.ts'

/** What comes back each period, at the price of a whole one. */
export type PeriodLine = Rate & {
  /** The plan, not one of its options. */
  isPlan: boolean
  /** The plan's name, where the subscription has another one by now. */
  planName?: string
  description: string
  exclCents: number
  discountBasisPoints: number
  discountCents: number
}

export type RunningPeriod = {
  from: string
  /** Exclusive. */
  until: string
  /** Null: nothing was due for it, or somebody discarded its draft. What corrected it stands in its place. */
  invoiceId: string | null
  issued: boolean
  why: string
  /** What its days cost now: what its document asked for, until the plan was changed within it. */
  lines: PeriodLine[]
}

/** The period a day lies in, if it is invoiced already and was not given back from that day on. */
export async function runningPeriod(
  db: CentralDb,
  subscriptionId: string,
  day: string,
): Promise<RunningPeriod | undefined> {
  const { rows } = await sql<Known>`
    select starts_on as from, ends_on as until, i.id as "invoiceId", coalesce(i.state = 'issued', false) as issued, why,
      coalesce(period.lines is null and (i.discount_basis_points, i.discount_cents) <> (0, 0), false) as "isDiscounted",
      coalesce(period.lines, (select json_agg(json_build_object('isPlan', position = plan_position, 'position', position,
          'description', description, 'exclCents', excl_cents, 'discountBasisPoints', discount_basis_points,
          'discountCents', discount_cents, 'vatCategory', vat_category, 'vatBasisPoints', vat_basis_points,
          'vatExemption', vat_exemption) order by position)
        from (
          -- The plan says so; where plan or line was renamed it is the first that is no option.
          select *, coalesce(min(position) filter (where description = coalesce(nullif(p.description, ''), p.name)) over (),
            min(position) filter (where description not in (select name from plan_options)) over ()) as plan_position
          from invoice_lines where invoice_id = i.id and period_from = starts_on and excl_cents >= 0) line)::jsonb, '[]') as lines
    from subscription_periods period join subscriptions s on s.id = subscription_id join plans p on p.id = s.plan_id
    left join invoices i on i.id = ${standing(sql`period.invoice_id`)}
    where period.subscription_id = ${subscriptionId}::uuid and starts_on <= ${day}::date
      and coalesce(given_back_from, ends_on) > ${day}::date
    order by starts_on desc limit 1`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { isDiscounted, lines, ...period } = row
  const asked = isDiscounted && row.invoiceId !== null ? await askedBy(db, [row.invoiceId]) : []
  return {
    ...period,
    lines: lines.map(({ position, ...line }) => ({
      ...line,
      exclCents:
        asked.find((one) => one.documentId === row.invoiceId && one.position === position)?.cents ??
        line.exclCents,
    })),
  }
}

type Known = Omit<RunningPeriod, 'lines'> & {
  isDiscounted: boolean
  lines: (PeriodLine & { position?: number })[]
}

/** The document that stands for one: what corrects it, be it a draft, or what corrects that. */
export const standing = (invoiceId: RawBuilder<unknown>) => sql`(
  with recursive corrected as (
    select ${invoiceId} as id, 0 as step
    union all select c.id, step + 1 from corrected join invoices c on c.original_id = corrected.id and c.type_code = 384)
  select id from corrected order by step desc limit 1)`

/** Months from its first day to the first one after it, whatever the days of short months. */
export function monthsOf({ from, until }: Pick<RunningPeriod, 'from' | 'until'>): number {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  return (last.year - first.year) * 12 + last.month - first.month
}

/** The document knew its plan by the subscription, which is about to have another one. */
export const namedAfter = (lines: readonly PeriodLine[], { planName }: { planName: string }): PeriodLine[] =>
  lines.map((line) => (line.isPlan ? { planName, ...line } : line))

/** What its days cost from now on. */
export async function reprice(
  db: CentralDb,
  subscriptionId: string,
  { from, lines }: Pick<RunningPeriod, 'from' | 'lines'>,
): Promise<void> {
  await db
    .updateTable('subscriptionPeriods')
    .set({ lines: JSON.stringify(lines) })
    .where('subscriptionId', '=', subscriptionId)
    .where('startsOn', '=', from)
    .execute()
}

/** What nothing else knows of a period that was deleted. */
export type DeletedPeriod = { planId: string; usedCoupon: string | null }

/**
 * From this day on it is nobody's: another period may begin. One that is given back from its first day never was, and the use it
 * made of a coupon comes back.
 */
export async function cutPeriod(
  db: CentralDb,
  subscriptionId: string,
  period: RunningPeriod,
  day: string,
): Promise<DeletedPeriod | undefined> {
  const own = sql`subscription_id = ${subscriptionId}::uuid and starts_on = ${period.from}::date`
  if (day > period.from) {
    await sql`update subscription_periods set given_back_from = ${day}::date where ${own}`.execute(db)
    return undefined
  }
  const { rows } = await sql<DeletedPeriod>`
    with deleted as (delete from subscription_periods where ${own} returning subscription_id, plan_id, used_coupon),
    came_back as (
      update subscription_coupons used set periods_left = periods_left + 1 from deleted
      where used.subscription_id = deleted.subscription_id and coupon_id = used_coupon and periods_left is not null)
    select plan_id as "planId", used_coupon as "usedCoupon" from deleted`.execute(db)
  return rows[0]
}
