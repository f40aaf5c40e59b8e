import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { deadlineFor, monthsToAnswer, monthsWhenExtended, type PrivacyRequest } from '#contract/privacy'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { requestCan } from './request-can.ts'

type PersonCardProps = { request: PrivacyRequest; check: () => void }

export function PersonCard({ request, check }: PersonCardProps) {
  const t = useMessages()
  const may = useMay()
  const { person, isIdentityChecked } = request
  return (
    <Card title={t('privacy.card.person')}>
      <dl className="flex flex-col">
        <Fact label={t('privacy.fact.name')}>{person.name}</Fact>
        <Fact label={t('privacy.fact.email')}>
          {person.email && <span className="wrap-anywhere">{person.email}</span>}
        </Fact>
        <Fact label={t('privacy.fact.client')}>
          <ClientLink person={person} />
        </Fact>
        <Fact label={t('privacy.fact.identity')}>
          <Badge tone={isIdentityChecked ? 'success' : 'warning'}>
            {t(isIdentityChecked ? 'privacy.fact.identity.checked' : 'privacy.fact.identity.unchecked')}
          </Badge>
        </Fact>
      </dl>
      {!isIdentityChecked && requestCan.check(request, may) && (
        <Button icon={ShieldCheck} className="mt-3 w-full" onClick={check}>
          {t('privacy.identity.check')}
        </Button>
      )}
    </Card>
  )
}

function ClientLink({ person: { client } }: Pick<PrivacyRequest, 'person'>) {
  const t = useMessages()
  const may = useMay()
  if (!client) return <span className="text-ink-muted">{t('privacy.fact.no-client')}</span>
  return (
    <>
      {may('clients.read') ? (
        <TextLink to={`/clients/${client.id}`}>{client.name}</TextLink>
      ) : (
        <span>{client.name}</span>
      )}
      {client.inTrash && <span className="text-ink-muted"> · {t('privacy.fact.in-trash')}</span>}
    </>
  )
}

export function DeadlineCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  return (
    <Card title={t('privacy.card.deadline')}>
      <dl className="flex flex-col">
        <Fact label={t('privacy.received')}>
          <DateText value={request.receivedOn} /> · {t(`privacy.channel.${request.channel}`)}
        </Fact>
        {request.isExtended && (
          <Fact label={t('privacy.fact.first-due')}>
            <DateText value={request.firstDueOn} />
          </Fact>
        )}
        <Fact label={t('privacy.fact.due')}>
          <span className="font-medium">
            <DateText value={request.dueOn} />
          </span>
          <Moved request={request} />
        </Fact>
        <Fact label={t('privacy.fact.entered')}>
          <DateText value={request.createdAt} show="dayTime" />{' '}
          {t('privacy.fact.entered.by', { name: request.createdBy })}
        </Fact>
      </dl>
    </Card>
  )
}

/** Why the deadline is not the same day of the month. */
function Moved({ request: { receivedOn, dueOn, isExtended } }: { request: PrivacyRequest }) {
  const t = useMessages()
  const formats = useFormats()
  const { on, counted, movedBy } = deadlineFor(receivedOn, isExtended ? monthsWhenExtended : monthsToAnswer)
  if (movedBy === null || on !== dueOn) return null
  return (
    <span className="block text-12 text-ink-muted">
      {t('privacy.fact.moved', { counted: formats.day(counted), why: t(`privacy.deadline.why.${movedBy}`) })}
    </span>
  )
}

function Fact({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0">
      <dt className="w-20 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0 flex-1 break-words">
        {children || <span className="text-ink-muted">{MISSING}</span>}
      </dd>
    </div>
  )
}
