import { Eraser } from 'lucide-react'
import { useState } from 'react'
import { getHoldings, type Holding, type PrivacyRequest } from '#contract/privacy'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ForgettingDialog } from './forgetting-dialog.tsx'
import { requestCan } from './request-can.ts'
import { TrashClient } from './trash-client.tsx'

const tones: Record<Holding['fate'], Tone> = {
  erasable: 'success',
  kept: 'danger',
  needed: 'warning',
  impersonal: 'neutral',
}

/** What is held of the person, what can go and what must stay, each with the reason one may quote. */
export function HoldingsCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(getHoldings, { params: { id: request.id } })
  const [forgets, setForgets] = useState(false)
  const { client } = request.person
  const hasSpoken = data?.holdings?.some(({ kind }) => saidToSupport.includes(kind)) ?? false
  return (
    <Card
      title={t('privacy.card.holdings')}
      actions={
        <>
          {hasSpoken && requestCan.forgetTickets(request, may) && (
            <Button size="small" icon={Eraser} onClick={() => setForgets(true)}>
              {t('privacy.forgetting')}
            </Button>
          )}
          {client && !client.inTrash && may('clients.trash') && <TrashClient client={client} />}
        </>
      }
    >
      {forgets && <ForgettingDialog request={request} onClose={() => setForgets(false)} />}
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <div aria-hidden className="flex flex-col gap-5 py-2">
          {[60, 75, 50, 68].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      ) : data.holdings === null ? (
        <p className="text-13 text-ink-muted">
          {t(may('privacy.manage') ? 'privacy.holdings.no-client.correct' : 'privacy.holdings.no-client')}
        </p>
      ) : data.holdings.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('privacy.holdings.none')}</p>
      ) : (
        <ul className="flex flex-col">
          {data.holdings.map((holding) => (
            <Line key={holding.kind} holding={holding} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const saidToSupport: readonly Holding['kind'][] = ['tickets', 'ticket_messages', 'mails']

function Line({ holding: { kind, count, fate, until } }: { holding: Holding }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const why = saidToSupport.includes(kind)
    ? 'said'
    : kind !== 'audit_payloads'
      ? fate
      : may('audit.erase')
        ? 'audit_payloads'
        : 'audit_payloads.others'
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line py-2 text-13 first:border-t-0">
      <span className="min-w-0 flex-1 font-medium">
        {t(`privacy.holding.${kind}`)}{' '}
        <span className="font-regular text-ink-muted tabular-nums">{formats.integer(count)}</span>
      </span>
      <Badge tone={tones[fate]}>
        {[
          t(`privacy.holdings.fate.${fate}`),
          until && t('privacy.holdings.until', { day: formats.day(until) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </Badge>
      <span className="basis-full text-12 text-ink-muted">{t(`privacy.holding.why.${why}`)}</span>
    </li>
  )
}
