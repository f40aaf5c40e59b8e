import type { RevenueReport } from '#contract/billing'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Amount, FiguresByMonth } from '../figures-by-month.tsx'
import { collectedTo, creditedTo, invoicedTo, netTo } from './addresses.ts'

type Month = RevenueReport['months'][number]
type Figure = { id: string; cents: (month: Month) => number; to: ((span: string) => string) | undefined }

/** In the order one reckons in: invoiced, less credited, less collected, leaves what is due. */
const figures = [
  { id: 'invoicedExcl', cents: ({ invoiced }) => invoiced.exclCents, to: invoicedTo },
  { id: 'creditedExcl', cents: ({ credited }) => credited.exclCents, to: creditedTo },
  { id: 'netExcl', cents: ({ netExclCents }) => netExclCents, to: netTo },
  { id: 'netVat', cents: ({ invoiced, credited }) => invoiced.vatCents - credited.vatCents, to: netTo },
  { id: 'netIncl', cents: ({ invoiced, credited }) => invoiced.inclCents - credited.inclCents, to: netTo },
  { id: 'collected', cents: ({ collectedCents }) => collectedCents, to: collectedTo },
  { id: 'due', cents: ({ dueCents }) => dueCents, to: undefined },
] as const satisfies readonly Figure[]

export function MonthsTable({ report: { year, months, openingCents } }: { report: RevenueReport }) {
  const t = useMessages()
  const total = ({ id, cents }: (typeof figures)[number]) =>
    id === 'due' ? (months.at(-1)?.dueCents ?? 0) : months.reduce((sum, month) => sum + cents(month), 0)
  return (
    <FiguresByMonth
      label={t('billing.reports.months')}
      rows={months}
      figures={figures.map(({ id, cents, to }) => ({
        id,
        label: t(`billing.reports.column.${id}`),
        cell: (month: Month) => <Amount cents={cents(month)} to={to?.(month.month)} />,
      }))}
      before={{ label: t('billing.reports.opening'), cells: { due: <Money cents={openingCents} /> } }}
      after={{
        label: t('billing.reports.of', { year: String(year) }),
        cells: Object.fromEntries(
          figures.map((figure) => [
            figure.id,
            <Amount key={figure.id} cents={total(figure)} to={figure.to?.(String(year))} />,
          ]),
        ),
      }}
    />
  )
}
