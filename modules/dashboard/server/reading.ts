import { getDashboard, type Dashboard } from '#contract/dashboard'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { preparing } from '#platform/server/prepared.ts'
import { handle, WrongField } from '#platform/server/requests.ts'
import { figure, plan } from './figuring.ts'
import { monthOf } from './periods.ts'
import { dashboardSums, latestProofs } from './queries.ts'

/** Asks the two questions of the dashboard; they never change their form, so they are prepared. */
export type Ask = ReturnType<typeof preparing>

export const reading = (ask: Ask) =>
  handle(getDashboard, (ctx, { query }) => dashboardOf(ask, ctx.clock, query.month))

/** @param month the running one in Paris unless told */
export async function dashboardOf(ask: Ask, clock: Clock, month: string | undefined): Promise<Dashboard> {
  const now = clock.now()
  const today = dayOf(now)
  if (month !== undefined && month > monthOf(today)) throw new WrongField('query', 'month', 'month_to_come')
  const planned = plan(month ?? monthOf(today), today)
  const [rows, [proofs]] = await Promise.all([ask(dashboardSums(planned.days)), ask(latestProofs())])
  return {
    asOf: now.toISOString(),
    ...figure(planned, rows),
    provenAt: proofs?.provenAt?.toISOString() ?? null,
    disprovenAt: proofs?.disprovenAt?.toISOString() ?? null,
  }
}
