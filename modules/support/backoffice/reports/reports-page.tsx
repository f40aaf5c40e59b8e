/** What support did in a period, beside the one before: each figure leads to its tickets. */
import { CalendarX2, Download } from 'lucide-react'
import { getReport, loadKinds, type Report } from '#contract/support'
import { problemsByField } from '#platform/ui/api-error.ts'
import { buttonClass } from '#platform/ui/button.tsx'
import { ChartSkeleton } from '#platform/ui/chart-card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Address, fileOf, reportsTo } from './address.ts'
import { HoursCard } from './hours-card.tsx'
import { LoadsCard } from './loads-card.tsx'
import { PeriodChoice } from './period-choice.tsx'
import { PromisesCard } from './promises-card.tsx'
import { RatingsCard } from './ratings-card.tsx'
import { SummaryCards } from './summary-cards.tsx'
import { VolumeCard } from './volume-card.tsx'

export function ReportsPage() {
  const t = useMessages()
  const formats = useFormats()
  const [query, change] = useUrlState(Address)
  const report = useEndpoint(getReport, { query }, { keepPrevious: true })
  const { data } = report
  return (
    <>
      <PageHeader
        title={t('support.report.title')}
        count={
          data &&
          t('support.report.compared', {
            from: formats.day(data.span.from),
            until: formats.day(data.span.until),
            since: formats.day(data.before.from),
            to: formats.day(data.before.until),
          })
        }
        secondary={
          <>
            <PeriodChoice query={query} report={data} onChange={change} />
            {data && (
              <a href={fileOf('summary', data.span)} download className={buttonClass({})}>
                <Download aria-hidden size={16} />
                {t('support.report.export')}
              </a>
            )}
          </>
        }
      />
      {report.error && (!data || report.isPlaceholderData) ? (
        <Failure error={report.error} onRetry={report.refetch} />
      ) : data ? (
        <div
          aria-busy={report.isPlaceholderData}
          className={report.isPlaceholderData ? 'opacity-60' : undefined}
        >
          {isEmpty(data) ? <Nothing /> : <Board key={JSON.stringify(data.span)} report={data} />}
        </div>
      ) : (
        <Coming />
      )}
    </>
  )
}

const isEmpty = ({ summary: { opened, resolved, open }, earlier }: Report) =>
  opened + resolved + open + earlier.opened + earlier.resolved === 0

function Board({ report }: { report: Report }) {
  const t = useMessages()
  return (
    <div className="flex flex-col gap-3">
      <h2 className="sr-only">{t('support.report.figures')}</h2>
      <SummaryCards report={report} />
      <VolumeCard report={report} />
      <PromisesCard report={report} />
      <HoursCard report={report} />
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-2">
        {loadKinds.map((kind) => (
          <LoadsCard key={kind} kind={kind} report={report} />
        ))}
      </div>
      <RatingsCard report={report} />
    </div>
  )
}

function Nothing() {
  const t = useMessages()
  return (
    <EmptyState
      icon={CalendarX2}
      title={t('support.report.empty')}
      action={<ButtonLink to={reportsTo({ period: 'year' })}>{t('support.report.period.year')}</ButtonLink>}
    >
      <p>{t('support.report.empty.help')}</p>
    </EmptyState>
  )
}

/** A period that makes no sense is a wrong address, with a way out; anything else can be tried again. */
function Failure({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const t = useMessages()
  const wrong = problemsByField(error)['until']
  if (wrong === undefined) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <div role="alert">
      <EmptyState
        icon={CalendarX2}
        title={wrong}
        action={<ButtonLink to={reportsTo()}>{t('support.report.period.days')}</ButtonLink>}
      />
    </div>
  )
}

function Coming() {
  const t = useMessages()
  return (
    <div className="flex flex-col gap-3" aria-busy>
      <p className="sr-only">{t('support.report.loading')}</p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {Array.from({ length: 8 }, (_, index) => (
          <KpiSkeleton key={index} details />
        ))}
      </div>
      <ChartSkeleton />
    </div>
  )
}
