import { ChevronDown, ChevronRight, Send } from 'lucide-react'
import { useState } from 'react'
import { listReports, type ReportPeriod, submitReport } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ReportShown } from './report-shown.tsx'

const tones: Record<ReportPeriod['state'], Tone> = {
  open: 'neutral',
  due: 'warning',
  waiting: 'info',
  deposited: 'success',
  rejected: 'danger',
}

/** Periods of the last half-year, the newest first: what is over is to be submitted. */
export function ReportList() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listReports)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data)
    return (
      <Card>
        <Skeleton height={320} width="100%" />
      </Card>
    )
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-ink-muted">
        {t('billing.platform.reports.help')}
        {data.sandbox && ` ${t('billing.platform.sandbox.help')}`}
      </p>
      <Card flush>
        <ul>
          {data.rows.map((period) => (
            <PeriodLine key={`${period.from} ${period.until}`} period={period} connected={data.connected} />
          ))}
        </ul>
      </Card>
    </div>
  )
}

function PeriodLine({ period, connected }: { period: ReportPeriod; connected: boolean }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [shown, setShown] = useState(false)
  const { from, until, contains, state } = period
  const submit = useEndpoint(submitReport, {
    onSuccess: () => notify.done({ title: t('billing.platform.submitted-toast') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const name = t('billing.platform.period', { from: formats.day(from), until: formats.day(until) })
  return (
    <li className="border-b border-line px-4 py-2 text-13 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          aria-expanded={shown}
          aria-label={`${t(shown ? 'billing.platform.hide' : 'billing.platform.show')}: ${name}`}
          onClick={() => setShown(!shown)}
          className="flex min-h-8 min-w-0 items-center gap-1.5 rounded-small text-left hover:underline touch:min-h-10"
        >
          {shown ? <ChevronDown aria-hidden size={16} /> : <ChevronRight aria-hidden size={16} />}
          <span className="font-medium tabular-nums">{name}</span>
        </button>
        <span className="text-ink-muted">{t(`billing.platform.contains.${contains}`)}</span>
        <span className="ml-auto flex items-center gap-2">
          <Badge tone={tones[state]}>{t(`billing.platform.report-state.${state}`)}</Badge>
          {(state === 'due' || state === 'rejected') && connected && may('billing.settings') && (
            <Button
              size="small"
              icon={Send}
              loading={submit.isPending}
              onClick={() => submit.mutate({ body: { from, until } })}
            >
              {t('billing.platform.submit')}
            </Button>
          )}
        </span>
      </div>
      {shown && <ReportShown from={from} until={until} />}
    </li>
  )
}
