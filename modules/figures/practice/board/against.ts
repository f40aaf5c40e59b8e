/** What a figure is compared with, named: « vs octobre, jusqu’au 22 ». */
import type { Compared } from '#contract/figures'
import { useMessages } from '#platform/ui/messages.tsx'
import { dayOfMonth, isLastOfMonth, useDates } from '../dates.ts'

/** Null: of nothing no share can be told. */
const ratioOf = ({ value, before }: Compared) => (before === 0 ? null : (value - before) / Math.abs(before))

export function useComparisons() {
  const t = useMessages()
  const dates = useDates()
  const month = ({ to }: Compared['beforeOf']) =>
    isLastOfMonth(to)
      ? dates.monthName(to)
      : t('figures.until-day', { month: dates.monthName(to), day: dayOfMonth(to) })
  const base = {
    day: () => t('figures.yesterday'),
    week: ({ to, from }: Compared['beforeOf']) =>
      dates.weekday(to) === dates.weekday(sunday(from))
        ? t('figures.last-week')
        : t('figures.last-week.until', { day: dates.weekday(to) }),
    month,
  }
  return (of: Compared, by: keyof typeof base) => {
    const name = base[by](of.beforeOf)
    return {
      name,
      change: { ratio: ratioOf(of), against: t('figures.against', { base: name }), better: 'up' as const },
    }
  }
}

const sunday = (monday: string) =>
  new Date(Date.parse(`${monday}T12:00:00Z`) + 6 * 86_400_000).toISOString().slice(0, 10)
