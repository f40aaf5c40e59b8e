import { getDashboard, type Dashboard } from '#contract/dashboard'
import { dayOf } from '#platform/server/clock.ts'
import { handle, WrongField, type Context } from '#platform/server/requests.ts'
import { figure, plan } from './figuring.ts'
import { monthOf } from './periods.ts'
import { latestProofs, sumsFor } from './queries.ts'

export const reading = handle(getDashboard, (ctx, { query }) => dashboardOf(ctx, query.month))

/** @param month the running one in Paris unless told */
export async function dashboardOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  month: string | undefined,
): Promise<Dashboard> {
  const now = clock.now()
  const today = dayOf(now)
  if (month !== undefined && month > monthOf(today)) throw new WrongField('query', 'month', 'month_to_come')
  const planned = plan(month ?? monthOf(today), today)
  const [rows, proofs] = await Promise.all([sumsFor(db, planned.days), latestProofs(db)])
  return {
    asOf: now.toISOString(),
    ...figure(planned, rows),
    provenAt: proofs.provenAt?.toISOString() ?? null,
    disprovenAt: proofs.disprovenAt?.toISOString() ?? null,
  }
}
