import { ImportOutcome } from '#contract/clients'
import { getJob, type Job } from '#platform/contract/jobs.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { importAddress } from './import-address.ts'
import { ImportResult } from './import-result.tsx'

/** A run, from its start to its result; the page may be left and found again. */
export function ImportRun({ id }: { id: string }) {
  const t = useMessages()
  // News tells of progress; asking now and then mends a line that was lost.
  const job = useEndpoint(getJob, { params: { id } }, { every: 2_000 })
  const outcome = ImportOutcome.safeParse(job.data?.result)
  if (job.data?.state === 'done' && outcome.success) return <ImportResult outcome={outcome.data} />
  return (
    <>
      <PageHeader
        title={t('clients.import.title')}
        secondary={<ButtonLink to={importAddress({})}>{t('clients.import.other-file')}</ButtonLink>}
      />
      {job.error && !job.data ? (
        <ErrorState error={job.error} onRetry={job.refetch} />
      ) : job.data?.state === 'failed' ? (
        <EmptyState title={t('clients.import.failed')}>
          <p>{t('clients.import.failed.help')}</p>
        </EmptyState>
      ) : (
        <Card className="max-w-2xl">{job.data ? <UnderWay job={job.data} /> : <Skeleton />}</Card>
      )}
    </>
  )
}

function UnderWay({ job }: { job: Job }) {
  const t = useMessages()
  const seconds = secondsLeft(job)
  return (
    <>
      <Progress label={t('clients.import.running')} done={job.done} total={job.total} />
      <p className="mt-2 text-13 text-ink-muted tabular-nums">
        {seconds !== null && <>{t('clients.import.remaining', { seconds })} · </>}
        {t('clients.import.running.help')}
      </p>
    </>
  )
}

/** From the pace so far. Nothing is promised before a twentieth is done. */
function secondsLeft(job: Job): number | null {
  if (!job.startedAt || !job.total || job.done < job.total / 20) return null
  const spent = (Date.now() - new Date(job.startedAt).getTime()) / 1000
  return Math.max(1, Math.round((spent / job.done) * (job.total - job.done)))
}
