import { getOwnTicket, type OwnTicket } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { usePathParam } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { Expected, stateOf, StateBadge } from '../ticket-words.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Message } from './message.tsx'
import { RatingCard } from './rating-card.tsx'
import { TicketUnreadable } from './ticket-unreadable.tsx'

/** What was asked and all that was said since, the latest last; answers come by themselves. */
export function TicketPage() {
  const id = usePathParam('id')
  const t = useMessages()
  const { data: ticket, error, refetch } = useEndpoint(getOwnTicket, { params: { id } })
  if (!ticket) return error ? <TicketUnreadable error={error} retry={refetch} /> : <PageSkeleton />
  const { number, subject, topic, openedBy, openedAt, resolvedAt, messages } = ticket
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
        <Standing ticket={ticket} />
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

/** What happens next, and who is to do it. */
function Standing({ ticket }: { ticket: OwnTicket }) {
  const t = useMessages()
  const formats = useFormats()
  const { resolvedAt, expectedAt, progress } = ticket
  const state = stateOf(ticket)
  return (
    <p className="flex flex-wrap gap-x-3 text-13 font-medium empty:hidden" aria-live="polite">
      {state === 'resolved' && (
        <span>
          {t('support.own.resolved.on')} <DateText value={resolvedAt} show="dayTime" />
        </span>
      )}
      {state === 'yours' && t('support.own.yours.help')}
      {(state === 'sent' || state === 'in_progress') && <Expected at={expectedAt} />}
      {state === 'in_progress' && progress > 0 && (
        <span className="font-regular text-ink-muted">
          {t('support.own.progress', { percent: formats.percent(progress / 100) })}
        </span>
      )}
    </p>
  )
}
