import type { Board } from '#contract/figures'
import { Card } from '#platform/ui/card.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from '../addresses.ts'
import { useDates } from '../dates.ts'

type Months = NonNullable<Board['money']>['months']

/** What a year of months brought in: a bar each, with its value, and behind it its lines. */
export function RevenueCard({ months, scope }: { months: Months; scope: Board['scope'] }) {
  const t = useMessages()
  const formats = useFormats()
  const dates = useDates()
  const most = Math.max(1, ...months.map(({ cents }) => cents))
  return (
    <Card title={t('figures.revenue')} className="h-full">
      <ol className="flex h-52 items-stretch gap-1 border-b border-line-strong">
        {months.map(({ month, cents }, place) => {
          const runs = place === months.length - 1
          const said = t(runs ? 'figures.revenue.running' : 'figures.revenue.month', {
            month: dates.month(`${month}-01`),
            amount: formats.money(cents),
          })
          return (
            <li key={month} className="min-w-0 flex-1 max-sm:nth-[-n+6]:hidden">
              <Link
                to={linesTo('collected_month', { scope, ...(!runs && { month }) })}
                title={said}
                className="group flex h-full flex-col items-center justify-end rounded-small text-center"
              >
                <span className="mb-1 text-12 whitespace-nowrap tabular-nums">{thousands(cents)}</span>
                {/* A name begins with what is seen (WCAG 2.5.3). */}
                <span className="sr-only">{said}</span>
                <span
                  className={`block w-full max-w-12 rounded-t-small border-chart-1 group-hover:opacity-80 ${
                    runs ? 'border border-b-0 border-dashed' : ''
                  }`}
                  style={{
                    height: `${Math.max(0, (cents / most) * 78)}%`,
                    background: runs ? 'var(--accent-soft)' : 'var(--chart-1)',
                    ...(runs && { borderColor: 'var(--chart-1)' }),
                  }}
                />
              </Link>
            </li>
          )
        })}
      </ol>
      <ol aria-hidden className="mt-1 flex gap-1 text-12 text-ink-muted">
        {months.map(({ month }) => (
          <li key={month} className="min-w-0 flex-1 truncate text-center max-sm:nth-[-n+6]:hidden">
            {dates.shortMonth(`${month}-01`)}
          </li>
        ))}
      </ol>
      <p className="mt-2 text-12 text-ink-muted">{t('figures.revenue.help')}</p>
    </Card>
  )

  /** In thousands of euros: twelve of them stand side by side. */
  function thousands(cents: number) {
    return formats.decimal(Math.round(cents / 10_000) / 10)
  }
}
