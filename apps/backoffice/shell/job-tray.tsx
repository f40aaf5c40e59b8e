import { CircleAlert, CircleCheck } from 'lucide-react'
import { downloadFile, type Job, listJobs } from '#platform/contract/jobs.ts'
import { hrefOf } from '#platform/ui/call.ts'
import { buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import type { Demanded } from '#platform/ui/on-demand.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { jobKinds } from '../manifests.ts'
import { JobTrigger } from './header-buttons.tsx'

/** Long work one started: it goes on when one leaves the page, and is found again here. */
export function JobTray({ defaultOpen }: Demanded) {
  const t = useMessages()
  const { data } = useEndpoint(listJobs)
  const jobs = data?.rows ?? []
  return (
    <Popover align="end" title={t('shell.jobs')} defaultOpen={defaultOpen} trigger={<JobTrigger />}>
      {jobs.length === 0 ? (
        <EmptyState title={t('shell.jobs.none')}>
          <p>{t('shell.jobs.none.help')}</p>
        </EmptyState>
      ) : (
        <ul className="-mx-3 -mb-3 max-h-96 divide-y divide-line overflow-y-auto border-t border-line">
          {jobs.map((job) => (
            <li key={job.id} className="px-3 py-2.5">
              <JobLine job={job} />
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}

function JobLine({ job }: { job: Job }) {
  const t = useMessages()
  const kind = jobKinds[job.kind]
  const label = t(kind?.label ?? 'shell.jobs.unknown')
  if (job.state === 'running')
    return (
      <>
        <Progress label={label} done={job.done} total={job.total} />
        <p className="mt-1 text-12 text-ink-muted tabular-nums">{remaining(job, t)}</p>
      </>
    )
  const failed = job.state === 'failed'
  const Icon = failed ? CircleAlert : CircleCheck
  const result = job.state === 'done' ? kind?.result?.(job) : null
  const detail = kind?.detail?.(job, t)
  return (
    <div className="flex items-start gap-2">
      {job.state !== 'waiting' && (
        <Icon
          aria-hidden
          size={16}
          className={cx('mt-0.5 shrink-0', failed ? 'text-danger' : 'text-success')}
        />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate text-13 font-medium">{label}</p>
        {detail && <p className="truncate text-12">{detail}</p>}
        <p className="text-12 text-ink-muted">
          {t(`shell.jobs.${job.state}`)} · <DateText value={job.endedAt ?? job.createdAt} show="both" />
        </p>
      </div>
      {result?.to && <TextLink to={result.to}>{t(result.label)}</TextLink>}
      {result?.download && (
        <a
          href={hrefOf(downloadFile, { params: { id: result.download } })}
          download
          className={buttonClass({ size: 'small' })}
        >
          {t(result.label)}
        </a>
      )}
    </div>
  )
}

/** From the pace so far. Nothing is promised before a twentieth is done. */
function remaining(job: Job, t: Translate): string | null {
  if (!job.startedAt || !job.total || job.done < job.total / 20) return null
  const spent = (Date.now() - new Date(job.startedAt).getTime()) / 1000
  const seconds = Math.max(1, Math.round((spent / job.done) * (job.total - job.done)))
  const time =
    seconds >= 90
      ? t('shell.jobs.remaining.minutes', { count: Math.round(seconds / 60) })
      : t('shell.jobs.remaining.seconds', { count: seconds })
  return t('shell.jobs.remaining', { time })
}
