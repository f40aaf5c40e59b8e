import { listTasks } from '#contract/calls'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Link, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useDates } from '../dates.ts'

const shown = 6

/** What is late or due today. */
export function TasksCard() {
  const t = useMessages()
  const dates = useDates()
  const { data, error, refetch } = useEndpoint(listTasks, { query: { due: 'yes', limit: shown } })
  return (
    <Card
      title={t('figures.tasks')}
      className="h-full"
      actions={
        data && (
          <span className="text-13">
            <TextLink to="/tasks?due=yes">
              {t('figures.tasks.due', { count: data.counts.late + data.counts.today })}
            </TextLink>
          </span>
        )
      }
    >
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton width="70%" />}
      {data?.rows.length === 0 && (
        <p className="text-13 text-ink-muted">
          {t('figures.tasks.none')} <TextLink to="/tasks">{t('figures.tasks.all')}</TextLink>
        </p>
      )}
      <ul className="-mx-2 flex flex-col">
        {data?.rows.map(({ id, title, dueOn, time, assignee, patient }) => (
          <li key={id}>
            <Link
              to="/tasks"
              className="flex min-h-10 items-center gap-3 rounded-control px-2 py-1 text-13 hover:bg-hover"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{title}</span>
                <span className="block truncate text-12 text-ink-muted">
                  {[assignee?.name ?? t('figures.tasks.anyone'), patient?.name].filter(Boolean).join(' · ')}
                </span>
              </span>
              {dueOn && (
                <span
                  className={`shrink-0 text-12 tabular-nums ${time === 'late' ? 'font-medium text-danger-ink' : 'text-ink-muted'}`}
                >
                  {time === 'late'
                    ? t('figures.tasks.late', { day: dates.short(dueOn) })
                    : dates.day(dueOn, data.today)}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
