import { sql, type CentralDb } from '#platform/server/db.ts'

/** A line of the running period's document that comes back each period. */
export type PeriodLine = {
  position: number
  description: string
  exclCents: number
  discountBasisPoints: number
  discountCents: number
  vatCategory: 'S' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'Z'
  vatBasisPoints: number
  vatExemption: string | null
}

export type RunningPeriod = {
  from: string
  /** Exclusive. */
  until: string
  /** Null: nothing was due for it. */
  invoiceId: string | null
  issued: boolean
  lines: PeriodLine[]
}

/** The period a day lies in, if it is invoiced already, with what was asked for it. */
export async function runningPeriod(
  db: CentralDb,
  subscriptionId: string,
  day: string,
): Promise<RunningPeriod | undefined> {
  const { rows } = await sql<RunningPeriod>`
    select starts_on as from, ends_on as until, i.id as "invoiceId", coalesce(i.state = 'issued', false) as issued,
      (select coalesce(json_agg(json_build_object('position', position, 'description', description, 'exclCents', excl_cents,
          'discountBasisPoints', discount_basis_points, 'discountCents', discount_cents, 'vatCategory', vat_category,
          'vatBasisPoints', vat_basis_points, 'vatExemption', vat_exemption) order by position), '[]')
        from invoice_lines where invoice_id = i.id and period_from = starts_on and excl_cents > 0) as lines
    from subscription_periods period left join invoices i on i.id = period.invoice_id
    where period.subscription_id = ${subscriptionId}::uuid and starts_on <= ${day}::date and ends_on > ${day}::date
    order by starts_on desc limit 1`.execute(db)
  return rows[0]
}
