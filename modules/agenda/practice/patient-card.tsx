import { CalendarPlus } from 'lucide-react'
import { type Appointment, listAppointments } from '#contract/agenda'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink, Link, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useAgendaDates } from './agenda-dates.ts'
import { placeOf } from './list/list-state.ts'
import { sessionsAround } from './sessions-around.ts'
import { statusLooks } from './status.ts'

/** On a patient's page: when they come next, when they came, and a way to book. */
export function PatientAppointments({ id }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const [asksNext, asksPast] = sessionsAround(id)
  const next = useEndpoint(listAppointments, asksNext)
  const past = useEndpoint(listAppointments, asksPast)
  const error = next.error ?? past.error
  return (
    <Card
      title={t('agenda.card')}
      actions={
        may('agenda.manage') && (
          <ButtonLink to={`/agenda?book=1&patient=${id}`} size="small" icon={CalendarPlus}>
            {t('agenda.book')}
          </ButtonLink>
        )
      }
    >
      {error && (!next.data || !past.data) ? (
        <ErrorState error={error} onRetry={() => Promise.all([next.refetch(), past.refetch()])} />
      ) : !next.data || !past.data ? (
        <Waiting />
      ) : (
        <div className="flex flex-col gap-3 text-13">
          <Part title={t('agenda.card.next')} none={t('agenda.card.next.none')} rows={next.data.rows} />
          {past.data.rows.length > 0 && <Part title={t('agenda.card.past')} rows={past.data.rows} />}
          {next.data.total + past.data.total > 0 && (
            <TextLink to={`/agenda/list?patientId=${id}`}>
              {t('agenda.card.all', { count: next.data.total + past.data.total })}
            </TextLink>
          )}
        </div>
      )}
    </Card>
  )
}

/** As tall as what mostly comes, one appointment ahead and four that were: below stands what one came for. */
function Waiting() {
  return [70, 55, 65, 60, 70, 50, 65].map((share, row) => (
    <div key={row} className="flex min-h-9 items-center touch:min-h-10">
      <Skeleton width={`${share}%`} />
    </div>
  ))
}

function Part({ title, none, rows }: { title: string; none?: string; rows: readonly Appointment[] }) {
  const t = useMessages()
  const dates = useAgendaDates()
  return (
    <div>
      <h3 className="mb-1 text-12 font-medium text-ink-muted">{title}</h3>
      {rows.length === 0 && <p className="text-ink-muted">{none}</p>}
      <ul className="flex flex-col">
        {rows.map((row) => (
          <li key={row.id} className="border-t border-line first:border-t-0">
            <Link
              to={placeOf(row)}
              className="flex min-h-9 items-center gap-2 rounded-small py-1 hover:bg-hover touch:min-h-10"
            >
              <span className="min-w-0 flex-1">
                <span className="tabular-nums">{dates.shortAt(row.startsLocal)}</span>
                {row.act && <span className="text-ink-muted"> · {row.act.name}</span>}
              </span>
              <Badge tone={statusLooks[row.status].tone}>{t(`agenda.status.${row.status}`)}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
