import { listSignIns, type SignInEvent } from '#contract/identity'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { countryName, deviceInWords } from '../device-words.ts'
import { listTo } from '../security/addresses.ts'
import { EventBadge } from '../security/event-words.tsx'

/** The latest tries to sign in as this person, the failed ones among them. */
export function SignInsCard({ staffId }: { staffId: string }) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listSignIns, {
    query: { staff: staffId, what: 'all', limit: 8 },
  })
  return (
    <Card
      title={t('identity.staff.sign-ins')}
      actions={
        data?.next && (
          <TextLink to={listTo({ what: 'all', staff: staffId })} className="text-13">
            {t('identity.staff.sign-ins.all')}
          </TextLink>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <div aria-hidden className="flex flex-col gap-5 py-2">
          {[60, 75, 50].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      ) : data.rows.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('identity.staff.sign-ins.none')}</p>
      ) : (
        <ul className="flex flex-col">
          {data.rows.map((event) => (
            <OneSignIn key={event.id} event={event} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function OneSignIn({ event }: { event: SignInEvent }) {
  const t = useMessages()
  const { language } = useFormats()
  const where = [deviceInWords(event, t), countryName(event.country, language), event.ip].filter(Boolean)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <EventBadge event={event} />
      <span className="min-w-0 flex-1 basis-48 text-12 wrap-anywhere text-ink-muted tabular-nums">
        {where.join(' · ')}
      </span>
      <span className="text-12 text-ink-muted">
        <DateText value={event.at} show="both" />
      </span>
    </li>
  )
}
