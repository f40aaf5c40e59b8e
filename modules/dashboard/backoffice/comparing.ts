import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** What each figure is compared with, in words: « par rapport au 1–9 septembre » while the month runs, « par rapport à septembre » once it is over. */
export function useComparisons(dashboard: Dashboard) {
  const t = useMessages()
  const formats = useFormats()
  const month = formats.monthName(dashboard.lastMonth)
  const until = dashboard.revenue.lastMonthSoFar?.until
  const day = until === undefined ? 0 : Number(until.slice(-2))
  const soFar = day === 0 ? month : t('dashboard.month.so-far', { day, month })
  return {
    revenue: t(day === 0 ? 'dashboard.against' : 'dashboard.against.so-far', { what: soFar }),
    revenueMonth: soFar,
    mrr: t('dashboard.against', { what: month }),
    mrrDay: dashboard.mrr.lastMonth
      ? t('dashboard.on-day', { day: formats.day(dashboard.mrr.lastMonth.on) })
      : month,
    month: t('dashboard.in-month', { month }),
  }
}
