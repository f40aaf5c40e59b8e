/** What was invoiced, credited, collected and is due in a year: each figure leads to its lines, and the sums prove each other. */
import { Download, Scale } from 'lucide-react'
import { getRevenueReport, type RevenueReport } from '#contract/billing'
import { buttonClass } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { ChartSkeleton } from '#platform/ui/chart-card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { KpiCard, KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Address, collectedTo, creditedTo, fileOf, invoicedTo, planTo, rateTo } from './addresses.ts'
import { DueCard } from './due-card.tsx'
import { MonthsTable } from './months-table.tsx'
import { ProofCard } from './proof-card.tsx'
import { RevenueBars } from './revenue-bars.tsx'
import { SharesCard } from './shares-card.tsx'

export function ReportsPage() {
  const t = useMessages()
  const [query, change] = useUrlState(Address)
  const report = useEndpoint(getRevenueReport, { query }, { keepPrevious: true })
  const { data } = report
  return (
    <>
      <PageHeader
        title={t('billing.reports.title')}
        count={
          data && (
            <>
              {t('billing.reports.as-of')} <DateText value={data.asOf} show="dayTime" />
            </>
          )
        }
        secondary={
          data && (
            <>
              <span className="w-24">
                <Select
                  label={t('billing.reports.year')}
                  value={String(data.year)}
                  options={data.years.map((year) => ({ value: String(year), label: String(year) }))}
                  onChange={(year) => change({ year: Number(year) })}
                />
              </span>
              <a href={fileOf(data.year)} download className={buttonClass({})}>
                <Download aria-hidden size={16} />
                {t('billing.reports.export')}
              </a>
            </>
          )
        }
      />
      {report.error && !data ? (
        <ErrorState error={report.error} onRetry={report.refetch} />
      ) : data ? (
        <Board report={data} />
      ) : (
        <Coming />
      )}
    </>
  )
}

function Board({ report }: { report: RevenueReport }) {
  const t = useMessages()
  const formats = useFormats()
  const { months, year } = report
  const sum = (of: (month: RevenueReport['months'][number]) => number) =>
    months.reduce((total, month) => total + of(month), 0)
  const isEmpty = months.every(
    ({ invoiced, credited, payments }) => invoiced.count + credited.count + payments === 0,
  )
  if (isEmpty && report.openingCents === 0)
    return (
      <EmptyState icon={Scale} title={t('billing.reports.empty', { year: String(year) })}>
        <p>{t('billing.reports.empty.help')}</p>
      </EmptyState>
    )
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        <KpiCard
          label={t('billing.reports.invoiced')}
          value={formats.money(sum(({ invoiced }) => invoiced.exclCents))}
          unit={t('billing.reports.excl')}
          to={invoicedTo(String(year))}
          details={[
            {
              label: t('billing.reports.incl'),
              value: formats.money(sum(({ invoiced }) => invoiced.inclCents)),
            },
          ]}
        />
        <KpiCard
          label={t('billing.reports.credited')}
          value={formats.money(sum(({ credited }) => credited.exclCents))}
          unit={t('billing.reports.excl')}
          to={creditedTo(String(year))}
          details={[
            {
              label: t('billing.reports.incl'),
              value: formats.money(sum(({ credited }) => credited.inclCents)),
            },
          ]}
        />
        <KpiCard
          label={t('billing.reports.collected')}
          value={formats.money(sum(({ collectedCents }) => collectedCents))}
          unit={t('billing.reports.incl')}
          to={collectedTo(String(year))}
          details={[
            {
              label: t('billing.reports.payments', { count: sum(({ payments }) => payments) }),
              value: formats.integer(sum(({ payments }) => payments)),
            },
          ]}
        />
        <DueCard report={report} />
      </div>
      <Card title={t('billing.reports.net')}>
        <RevenueBars months={months} />
      </Card>
      <Card title={t('billing.reports.months')}>
        <MonthsTable report={report} />
      </Card>
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-3">
        <SharesCard
          title={t('billing.reports.rates')}
          heading={t('billing.reports.rate')}
          rows={report.rates.map(({ vatBasisPoints, baseCents, vatCents }) => ({
            id: String(vatBasisPoints),
            name: formats.rate(vatBasisPoints),
            to: rateTo(String(year), vatBasisPoints),
            cells: [formats.money(baseCents), formats.money(vatCents)],
          }))}
          headings={[t('billing.reports.base'), t('billing.reports.vat')]}
        />
        <SharesCard
          title={t('billing.reports.plans')}
          heading={t('billing.reports.plan')}
          rows={report.plans.map(({ id, plan, exclCents, documents }) => ({
            id: id ?? '',
            name: plan ?? t('billing.reports.no-plan'),
            to: planTo(String(year), id),
            cells: [formats.integer(documents), formats.money(exclCents)],
          }))}
          headings={[t('billing.reports.documents'), t('billing.reports.excl')]}
        />
        <ProofCard proof={report.proof} />
      </div>
    </div>
  )
}

function Coming() {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        {[1, 2, 3, 4].map((card) => (
          <KpiSkeleton key={card} details />
        ))}
      </div>
      <ChartSkeleton />
    </div>
  )
}
