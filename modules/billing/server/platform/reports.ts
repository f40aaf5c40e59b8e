import {
  getReport,
  listReports,
  reportPeriodWrong,
  reportSubmitted,
  submitReport,
  PlatformReport,
  type ReportPeriod,
} from '#contract/billing'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany, settingsOn } from '../settings/in-force.ts'
import { platformOf } from './approved-platform.ts'
import { handOverReport } from './depositing.ts'
import { shown } from './deposits.ts'
import { periodsBetween, type Period } from './periods.ts'
import { reportOf } from './reporting.ts'
import { reportsBetween } from './report-queries.ts'

const monthsBack = 6

export function reports(parts: Parts): readonly Handler[] {
  const platform = platformOf(parts.environment)

  return [
    handle(listReports, async (ctx) => {
      const today = dayOf(ctx.clock.now())
      const { companyId, periods } = await periodsNow(ctx.db, ctx.clock)
      const oldest = periods.at(-1)?.from ?? today
      const submitted = await reportsBetween(ctx.db, { companyId, from: oldest, until: today })
      return {
        connected: platform !== null,
        sandbox: platform?.isSandbox ?? false,
        rows: periods.map((period) => {
          const deposit = submitted.find(
            ({ periodFrom, periodUntil }) => periodFrom === period.from && periodUntil === period.until,
          )
          return {
            ...period,
            state: deposit ? shown(deposit).state : stateOf(period, today),
            deposit: deposit ? shown(deposit) : null,
          }
        }),
      }
    }),

    handle(getReport, async (ctx, { params }) => {
      const { companyId, periods } = await periodsNow(ctx.db, ctx.clock)
      const [submitted] = (await reportsBetween(ctx.db, { companyId, ...params })).filter(
        ({ periodFrom, periodUntil, state }) =>
          periodFrom === params.from && periodUntil === params.until && state !== 'rejected',
      )
      // What was handed over is shown as it was, whatever was paid or credited since.
      if (submitted) return PlatformReport.parse(JSON.parse(submitted.content))
      return reportOf(ctx.db, companyId, one(periods, params))
    }),

    handle(submitReport, async (ctx, { body }) => {
      const to = found(platform)
      const { companyId, periods } = await periodsNow(ctx.db, ctx.clock)
      const today = dayOf(ctx.clock.now())
      const over = periods.filter(({ until }) => until < today)
      const period = one(over, body)
      const report = await reportOf(ctx.db, companyId, period)
      const deposit = await handOverReport(ctx.db, parts, to, {
        companyId,
        from: period.from,
        until: period.until,
        content: JSON.stringify(report),
      })
      if (!deposit) throw refuse(reportSubmitted)
      ctx.record({
        object: 'platform_deposit',
        id: deposit.id,
        after: { from: period.from, until: period.until },
      })
      return shown(deposit)
    }),
  ]
}

const stateOf = ({ until }: Period, today: string): ReportPeriod['state'] => (until < today ? 'due' : 'open')

async function periodsNow(db: CentralDb, clock: Clock): Promise<{ companyId: string; periods: Period[] }> {
  const today = dayOf(clock.now())
  const { id: companyId } = await mainCompany(db)
  const { vat } = await settingsOn(db, companyId, today)
  const from = Temporal.PlainDate.from(today).subtract({ months: monthsBack }).toString()
  return { companyId, periods: periodsBetween(vat?.regime ?? 'normal', from, today) }
}

function one(periods: readonly Period[], { from, until }: { from: string; until: string }): Period {
  const period = periods.find((each) => each.from === from && each.until === until)
  if (!period)
    throw refuse(reportPeriodWrong, { details: { periods: periods.map((each) => [each.from, each.until]) } })
  return period
}
