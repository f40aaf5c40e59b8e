import { PhoneIncoming } from 'lucide-react'
import { listCalls, listTasks } from '#contract/calls'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, Link, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'

const SHOWN = 3

/** On a patient's page: their last calls, and what is to be done for them. */
export function PatientCalls({ id }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const calls = useEndpoint(listCalls, { query: { patientId: id, limit: SHOWN } })
  const tasks = useEndpoint(listTasks, { query: { patientId: id, limit: 1 } })
  const toDo = tasks.data?.total ?? 0
  return (
    <Card
      title={t('calls.card')}
      actions={
        may('calls.manage') && (
          <ButtonLink to={`/calls?new=1&patient=${id}`} size="small" icon={PhoneIncoming}>
            {t('calls.new')}
          </ButtonLink>
        )
      }
    >
      {calls.error && !calls.data ? (
        <ErrorState error={calls.error} onRetry={calls.refetch} />
      ) : !calls.data ? (
        <Skeleton width="70%" />
      ) : (
        <div className="flex flex-col gap-3 text-13">
          {calls.data.rows.length === 0 && <p className="text-ink-muted">{t('calls.card.none')}</p>}
          <ul className="flex flex-col">
            {calls.data.rows.map((call) => (
              <li key={call.id} className="border-t border-line first:border-t-0">
                <Link
                  to={`/calls?call=${call.id}`}
                  className="flex min-h-9 items-center gap-2 rounded-small py-1 hover:bg-hover touch:min-h-10"
                >
                  <span className="min-w-0 flex-1 truncate">
                    <DateText value={call.calledAt} show="dayTime" />
                    <span className="text-ink-muted"> · {t(`calls.subject.${call.subject}`)}</span>
                  </span>
                  <Badge tone={call.handledAt ? 'success' : 'info'}>
                    {t(`calls.state.${call.handledAt ? 'handled' : 'open'}`)}
                  </Badge>
                </Link>
              </li>
            ))}
          </ul>
          <p className="flex flex-wrap gap-x-4 gap-y-1">
            {calls.data.total > SHOWN && (
              <TextLink to={`/calls?patientId=${id}`}>
                {t('calls.card.all', { count: calls.data.total })}
              </TextLink>
            )}
            {toDo > 0 && (
              <TextLink to={`/tasks?patientId=${id}`}>{t('calls.open-tasks', { count: toDo })}</TextLink>
            )}
          </p>
        </div>
      )}
    </Card>
  )
}
