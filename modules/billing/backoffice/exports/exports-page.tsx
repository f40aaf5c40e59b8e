/** The books as files, and the months that are closed: what an accountant or the tax office asks for. */
import { BookOpenCheck, FileSpreadsheet, Lock } from 'lucide-react'
import { useState } from 'react'
import {
  type AccountingMonth,
  closeMonth,
  listAccountingMonths,
  startAccountingExport,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { MonthsList } from './months-list.tsx'

const words: FileWatchWords = {
  started: { title: 'billing.exports.started', help: 'billing.exports.started.help' },
  done: 'billing.exports.done',
  again: 'billing.exports.again',
  failed: 'billing.exports.failed',
  failedHelp: () => 'billing.exports.failed.help',
}

export function ExportsPage() {
  const t = useMessages()
  const months = useEndpoint(listAccountingMonths, {})
  const [job, setJob] = useState<string | null>(null)
  const [closing, setClosing] = useState<AccountingMonth | null>(null)
  const start = useEndpoint(startAccountingExport, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ jobId }) => setJob(jobId),
  })
  const { data } = months
  return (
    <>
      <PageHeader title={t('billing.exports.title')} />
      {months.error ? (
        <ErrorState error={months.error} onRetry={months.refetch} />
      ) : !data ? (
        <div aria-hidden className="flex flex-col gap-3">
          <Skeleton width="100%" height={144} />
          <Skeleton width="100%" height={420} />
        </div>
      ) : data.rows.length === 0 ? (
        <EmptyState icon={BookOpenCheck} title={t('billing.exports.empty')}>
          <p>{t('billing.exports.empty.help')}</p>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-3">
          <Card title={t('billing.exports.fec')}>
            <p className="mb-3 max-w-2xl text-13 text-ink-muted">{t('billing.exports.fec.help')}</p>
            <div className="flex flex-wrap gap-2">
              {data.years.toReversed().map((year) => (
                <Button
                  key={year}
                  icon={FileSpreadsheet}
                  loading={
                    start.isPending &&
                    start.variables?.body.what === 'fec' &&
                    start.variables.body.year === year
                  }
                  onClick={() => start.mutate({ body: { what: 'fec', year } })}
                >
                  {t('billing.exports.fec.of', { year: String(year) })}
                </Button>
              ))}
            </div>
          </Card>
          <Card title={t('billing.exports.months')}>
            <p className="mb-3 max-w-2xl text-13 text-ink-muted">{t('billing.exports.months.help')}</p>
            <MonthsList
              rows={data.rows}
              onExport={(what, month) => start.mutate({ body: { what, month } })}
              onClose={setClosing}
            />
          </Card>
        </div>
      )}
      {job && <FileWatch key={job} job={job} words={words} onEnd={() => setJob(null)} />}
      {closing && <Closing month={closing} onClose={() => setClosing(null)} />}
    </>
  )
}

function Closing({ month: { month, totals }, onClose }: { month: AccountingMonth; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const name = formats.month(`${month}-01`)
  const close = useEndpoint(closeMonth, {
    onSuccess: () => {
      notify.done({ title: t('billing.exports.closed', { month: name }) })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.exports.close.title', { month: name })}
      effects={[
        t('billing.exports.close.dates'),
        t('billing.exports.close.totals', {
          excl: formats.money(totals.exclCents),
          collected: formats.money(totals.collectedCents),
        }),
        t('billing.exports.close.final'),
      ]}
      action={t('billing.exports.close')}
      icon={Lock}
      danger
      running={close.isPending}
      error={close.error}
      onSubmit={() => close.mutate({ params: { month } })}
      onClose={onClose}
    />
  )
}
