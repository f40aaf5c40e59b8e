import type { RevenueReport } from '#contract/billing'
import { cx } from '#platform/ui/cx.ts'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { Link } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { collectedTo, creditedTo, invoicedTo, netTo } from './addresses.ts'

type Month = RevenueReport['months'][number]
type Figure = { id: string; cents: (month: Month) => number; to: ((month: string) => string) | null }

/** In the order one reckons in: invoiced, less credited, less collected, leaves what is due. */
const figures = [
  { id: 'invoicedExcl', cents: ({ invoiced }) => invoiced.exclCents, to: invoicedTo },
  { id: 'creditedExcl', cents: ({ credited }) => credited.exclCents, to: creditedTo },
  { id: 'netExcl', cents: ({ netExclCents }) => netExclCents, to: netTo },
  {
    id: 'netIncl',
    cents: ({ invoiced, credited }) => invoiced.inclCents - credited.inclCents,
    to: netTo,
  },
  { id: 'collected', cents: ({ collectedCents }) => collectedCents, to: collectedTo },
  { id: 'due', cents: ({ dueCents }) => dueCents, to: null },
] as const satisfies readonly Figure[]

export function MonthsTable({ report: { months, openingCents } }: { report: RevenueReport }) {
  const t = useMessages()
  const formats = useFormats()
  const narrow = useNarrow()
  const total = (cents: Figure['cents']) => months.reduce((sum, month) => sum + cents(month), 0)
  if (narrow)
    return (
      <ul aria-label={t('billing.reports.months')} className="text-13">
        {months.toReversed().map((month) => (
          <li key={month.month} className="border-b border-line py-2 last:border-b-0">
            <p className="font-medium">{formats.month(`${month.month}-01`)}</p>
            <dl className="grid grid-cols-1 gap-x-4">
              {figures.map(({ id, cents, to }) => (
                <div key={id} className="flex min-h-6 items-baseline justify-between gap-2">
                  <dt className="text-12 text-ink-muted">{t(`billing.reports.column.${id}`)}</dt>
                  <dd>
                    <Amount cents={cents(month)} to={to?.(month.month)} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  return (
    <table
      aria-label={t('billing.reports.months')}
      className="w-full border-separate border-spacing-0 text-13"
    >
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('billing.reports.month')}
          </th>
          {figures.map(({ id }) => (
            <th key={id} scope="col" className={numberHead}>
              {t(`billing.reports.column.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className="text-ink-muted">
          <th scope="row" className={rowHead}>
            {t('billing.reports.opening')}
          </th>
          {figures.map(({ id }) => (
            <td key={id} className={numberCell}>
              {id === 'due' && <Money cents={openingCents} />}
            </td>
          ))}
        </tr>
        {months.map((month) => (
          <tr key={month.month}>
            <th scope="row" className={rowHead}>
              {formats.month(`${month.month}-01`)}
            </th>
            {figures.map(({ id, cents, to }) => (
              <td key={id} className={numberCell}>
                <Amount cents={cents(month)} to={to?.(month.month)} />
              </td>
            ))}
          </tr>
        ))}
        <tr className="font-medium">
          <th scope="row" className={cx(rowHead, 'font-medium')}>
            {t('billing.reports.year')}
          </th>
          {figures.map(({ id, cents }) => (
            <td key={id} className={numberCell}>
              <Money cents={id === 'due' ? (months.at(-1)?.dueCents ?? 0) : total(cents)} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function Amount({ cents, to }: { cents: number; to: string | undefined }) {
  if (to === undefined || cents === 0) return <Money cents={cents} />
  return (
    <Link to={to} className="rounded-small decoration-line-strong underline-offset-4 hover:underline">
      <Money cents={cents} />
    </Link>
  )
}
