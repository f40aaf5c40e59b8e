import { useState } from 'react'
import { listOwnSignIns, type SignInEvent } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { countryName, deviceInWords } from '../device-words.ts'
import { EventBadge, suspicions } from '../security/event-words.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

/** Shown until all are asked for. */
const FIRST = 8

/** Who came in under one's name, and who tried. */
export function SignInsCard() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listOwnSignIns)
  const [all, setAll] = useState(false)
  const rows = all ? data?.rows : data?.rows.slice(0, FIRST)
  return (
    <Card title={t('identity.account.sign-ins')}>
      {data?.rows.some(({ suspicious }) => suspicious) && (
        <p className="mb-2 rounded-control bg-warning-soft px-3 py-2 text-12 text-warning-ink">
          {t('identity.account.sign-ins.not-you')}
        </p>
      )}
      {rows ? (
        <ul className="flex flex-col">
          {rows.map((event) => (
            <SignInRow key={event.id} event={event} />
          ))}
        </ul>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowSkeletons />
      )}
      {!all && data && data.rows.length > FIRST && (
        <Button size="small" variant="ghost" className="mt-2" onClick={() => setAll(true)}>
          {t('identity.account.sign-ins.all', { count: data.rows.length })}
        </Button>
      )}
    </Card>
  )
}

function SignInRow({ event }: { event: SignInEvent }) {
  const t = useMessages()
  const { language, list } = useFormats()
  const where = [deviceInWords(event, t), countryName(event.country, language), event.ip]
  const by = event.factor ? t(`identity.account.session.by.${event.factor}`) : null
  const unusual = event.suspicious ? suspicions(event, t) : []
  return (
    <li className="border-t border-line py-2 text-13 first:border-t-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <EventBadge event={event} />
        {event.suspicious && (
          <span className="text-12 text-danger-ink">
            {t('identity.account.sign-in.unusual', { why: list(unusual) })}
          </span>
        )}
        <span className="ml-auto text-12 text-ink-muted">
          <DateText value={event.at} show="both" />
        </span>
      </p>
      <p className="mt-0.5 text-12 wrap-anywhere text-ink-muted tabular-nums">
        {[...where, by].filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}
