/** One request: where it stands and what to do, the text, what it would do as it is approved, and who said what. */
import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { getSqlRequest, type Report, type SqlRun } from '#contract/sql-console'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { RecordUnreadable } from '#platform/ui/record-unreadable.tsx'
import { type Tab, Tabs } from '#platform/ui/tabs.tsx'
import { requestsTo } from '../addresses.ts'
import { ChangedSince } from '../report/changed-since.tsx'
import { Drifted } from '../report/drifted.tsx'
import { FailureNotice } from '../report/failure-notice.tsx'
import { RunShown } from '../report/run-shown.tsx'
import { SimulationReport } from '../report/simulation-report.tsx'
import { RequestBadge } from '../sql-words.tsx'
import { ParametersShown } from './parameters-shown.tsx'
import { RequestActs } from './request-acts.tsx'
import { RequestFacts } from './request-facts.tsx'
import { RequestStands } from './request-stands.tsx'
import { SimulatedAgain } from './simulated-again.tsx'

export type ShownRequest = OutputOf<typeof getSqlRequest>

export function RequestPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getSqlRequest, { params: { id: usePathParam('id') } })
  if (data) return <One key={data.id} request={data} />
  if (error)
    return (
      <RecordUnreadable
        error={error}
        retry={refetch}
        icon={SearchX}
        title="sql.request"
        missing="sql.request.missing"
        help="sql.request.missing.help"
        back="sql.request.missing.back"
        backTo={requestsTo()}
      />
    )
  return (
    <>
      <PageHeader title={t('sql.request')} />
      <CardSkeletons />
    </>
  )
}

function One({ request }: { request: ShownRequest }) {
  const t = useMessages()
  /** What was simulated here: of the same text again, or of the way back. */
  const [again, setAgain] = useState<SqlRun | null>(null)
  const [back, setBack] = useState<SqlRun | null>(null)
  const { report } = request
  return (
    <>
      <PageHeader
        title={request.undoes ? t('sql.request.undo.of', { reason: request.reason }) : request.reason}
        count={<RequestBadge state={request.state} />}
        primary={<RequestActs request={request} again={again} onAgain={setAgain} onBack={setBack} />}
      />
      <div className="mb-4">
        <RequestStands request={request} />
      </div>
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:order-last">
          <RequestFacts request={request} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t('sql.text')} actions={report.text && <CopyButton text={report.text} />}>
            {/* A long text is scrolled in its place, by keys too. */}
            <pre
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              className="max-h-80 overflow-auto rounded-control bg-sunken p-3 font-mono text-12 wrap-anywhere whitespace-pre-wrap"
            >
              {report.text || t('sql.text.gone')}
            </pre>
            <ParametersShown values={report.parameters} />
          </Card>
          {again && <SimulatedAgain request={request} run={again} />}
          <Reports request={request} again={again} back={back} />
        </div>
      </div>
    </>
  )
}

/** Where it did something else, in what comes first. */
function Executed({ approved, run }: { approved: Report | null; run: SqlRun }) {
  const { report } = run
  if (!approved || report?.failure?.code !== 'drifted') return <RunShown run={run} />
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <FailureNotice run={run} failure={report.failure} offset={0} />
      <Drifted approved={approved} found={report} text={run.text} />
    </div>
  )
}

function Back({ run }: { run: SqlRun }) {
  const { report } = run
  if (!report?.failure || !report.since) return <RunShown run={run} />
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <FailureNotice run={run} failure={report.failure} offset={0} />
      <ChangedSince since={report.since} />
    </div>
  )
}

type ReportsProps = { request: ShownRequest; again: SqlRun | null; back: SqlRun | null }
type Shown = 'approved' | 'again' | 'executed' | 'back'

/** What was approved, and what came after it: the latest in front. */
function Reports({ request, again, back }: ReportsProps) {
  const t = useMessages()
  const [chosen, setChosen] = useState<Shown>()
  const { report, executed } = request
  const isOther = again !== null && again.receipt?.digest !== request.receipt
  const tabs: Tab<Shown>[] = [
    {
      value: 'approved',
      label: t('sql.request.report'),
      panel: report.report ? (
        <SimulationReport run={report} report={report.report} offset={0} act={null} />
      ) : (
        <RunShown run={report} />
      ),
    },
    ...(isOther
      ? [{ value: 'again' as const, label: t('sql.again.report'), panel: <RunShown run={again} /> }]
      : []),
    ...(executed
      ? [
          {
            value: 'executed' as const,
            label: t('sql.executed.report'),
            panel: <Executed approved={report.report} run={executed} />,
          },
        ]
      : []),
    ...(back
      ? [
          {
            value: 'back' as const,
            label: t('sql.undo.report'),
            panel: <Back run={back} />,
          },
        ]
      : []),
  ]
  const [first] = tabs
  if (tabs.length === 1 && first)
    return (
      <section aria-label={first.label} className="flex flex-col gap-4">
        <h2 className="text-16 font-semibold">{first.label}</h2>
        {first.panel}
      </section>
    )
  const shown = tabs.some(({ value }) => value === chosen) ? chosen : tabs.at(-1)?.value
  return (
    <Tabs label={t('sql.request.reports')} tabs={tabs} value={shown ?? 'approved'} onChange={setChosen} />
  )
}
