import { getOwnTicket } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Expected, stateOf, StateBadge } from '../ticket-words.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Message } from './message.tsx'
import { RatingCard } from './rating-card.tsx'

/** What was asked and all that was said since, the latest last; answers come by themselves. */
export function TicketPage() {
  const id = usePathParam('id')
  const t = useMessages()
  const { data: ticket, error, refetch } = useEndpoint(getOwnTicket, { params: { id } })
  if (!ticket) return error ? <ErrorState error={error} onRetry={refetch} /> : <PageSkeleton />
  const { number, subject, topic, openedBy, openedAt, resolvedAt, expectedAt, messages } = ticket
  const state = stateOf(ticket)
  return (
    <div className="max-w-3xl">
      <PageHeader title={subject}>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-ink-muted tabular-nums">
          <StateBadge ticket={ticket} />
          <span>{t('support.own.number', { number })}</span>
          <span aria-hidden>·</span>
          <span>{t(`support.own.topic.${topic}`)}</span>
          <span aria-hidden>·</span>
          <span>{t('support.own.by', { name: openedBy })}</span>
          <span aria-hidden>·</span>
          <DateText value={openedAt} show="dayTime" />
        </p>
        <p className="text-13 font-medium" aria-live="polite">
          {state === 'resolved' ? (
            <>
              {t('support.own.resolved.on')} <DateText value={resolvedAt} show="dayTime" />
            </>
          ) : state === 'yours' ? (
            t('support.own.yours.help')
          ) : (
            <Expected at={expectedAt} />
          )}
        </p>
      </PageHeader>
      <ol aria-label={t('support.own.thread')} className="flex flex-col gap-3">
        {messages.map((message) => (
          <li key={message.id}>
            <Message ticketId={id} message={message} />
          </li>
        ))}
      </ol>
      <div className="mt-4 flex flex-col gap-4">
        {resolvedAt !== null && <RatingCard key={id} ticket={ticket} resolvedAt={resolvedAt} />}
        <AnswerForm key={id} id={id} isResolved={state === 'resolved'} />
      </div>
    </div>
  )
}
