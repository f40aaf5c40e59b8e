/** What the log says of one object, on the object's own page: newest first, each leading to its entry. */
import { ScrollText } from 'lucide-react'
import { listAuditEntries } from '#contract/audit'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { logTo } from './addresses.ts'
import { ResultMark } from './result-mark.tsx'
import { actorInWords, deedInWords } from './words.ts'

export type ObjectTimelineProps = { objectType: string; objectId: string }

const SHOWN = 8

export function ObjectTimeline({ objectType, objectId }: ObjectTimelineProps) {
  const t = useMessages()
  const filter = { objectType, object: objectId }
  const { data, error, refetch } = useEndpoint(listAuditEntries, { query: { ...filter, limit: SHOWN } })
  return (
    <Card
      title={t('audit.timeline')}
      actions={
        <ButtonLink size="small" variant="ghost" icon={ScrollText} to={logTo(filter)}>
          {t('audit.timeline.all')}
        </ButtonLink>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <div aria-hidden className="flex flex-col gap-4 py-2">
          {[60, 75, 50].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      ) : data.rows.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('audit.timeline.none')}</p>
      ) : (
        <ol className="divide-y divide-line text-13">
          {data.rows.map((entry) => (
            <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2">
              <TextLink to={logTo({ ...filter, entry: entry.id })} className="min-w-0">
                {actorInWords(entry.actor, t)} {deedInWords(entry, t)}
              </TextLink>
              {entry.result !== 'done' && entry.result !== 'seen' && <ResultMark result={entry.result} />}
              <span className="ml-auto text-12 text-ink-muted max-sm:ml-0 max-sm:basis-full">
                <DateText value={entry.at} show="both" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
