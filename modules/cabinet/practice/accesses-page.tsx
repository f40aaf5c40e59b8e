import { ShieldCheck } from 'lucide-react'
import { listSupportAccesses, type SupportAccess } from '#contract/cabinet'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'

/** Every time somebody of the vendor's team came in: who, why, for how long. */
export function AccessesPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listSupportAccesses)
  return (
    <>
      <PageHeader
        title={t('cabinet.accesses')}
        count={data && t('cabinet.accesses.count', { count: data.rows.length })}
      />
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={160} width="100%" />}
      {data?.rows.length === 0 && (
        <EmptyState icon={ShieldCheck} title={t('cabinet.accesses.none')}>
          <p>{t('cabinet.accesses.none.help')}</p>
        </EmptyState>
      )}
      {data && data.rows.length > 0 && (
        <Card flush className="max-w-3xl">
          <ul>
            {data.rows.map((access) => (
              <AccessLine key={access.id} access={access} />
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function AccessLine({ access }: { access: SupportAccess }) {
  const t = useMessages()
  const { actorName, memberName, reason, reference, mayWrite, startedAt, endedAt, acts } = access
  const minutes = endedAt && Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000))
  return (
    <li className="border-t border-line px-4 py-3 text-13 first:border-t-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{actorName}</span>
        {memberName && (
          <span className="text-ink-muted">{t('cabinet.accesses.as', { name: memberName })}</span>
        )}
        <Badge tone={mayWrite ? 'warning' : 'neutral'}>
          {t(mayWrite ? 'cabinet.accesses.write' : 'cabinet.accesses.read')}
        </Badge>
        {!endedAt && <Badge tone="info">{t('cabinet.accesses.now')}</Badge>}
      </p>
      <p className="mt-1 max-w-prose wrap-anywhere">{reason}</p>
      <p className="mt-1 flex flex-wrap gap-x-2 text-12 text-ink-muted">
        <DateText value={startedAt} show="dayTime" />
        {minutes && <span>{t('cabinet.accesses.lasted', { minutes })}</span>}
        <span>{t('cabinet.accesses.acts', { count: acts })}</span>
        {reference !== '' && <span>{reference}</span>}
      </p>
    </li>
  )
}
