import { CircleCheck, CloudOff, Inbox } from 'lucide-react'
import type { getMailboxState } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useNow } from '../due.tsx'

type LineProps = { mailbox: OutputOf<typeof getMailboxState> }

/** Whether mail comes in at all: a tray that is empty since nobody fills it must not look like one that is empty. */
export function MailboxLine({ mailbox: { address, readAt, failedAt, failure } }: LineProps) {
  const t = useMessages()
  // « il y a 2 minutes » goes on by itself.
  useNow()
  if (address === null)
    return (
      <div className="flex gap-2 rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
        <Inbox aria-hidden size={16} className="mt-0.5 shrink-0" />
        <p className="min-w-0">
          <span className="font-medium">{t('support.received.no-mailbox')}</span>{' '}
          {t('support.received.no-mailbox.help')}
        </p>
      </div>
    )
  if (failure !== null)
    return (
      <div
        role="alert"
        className="flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink"
      >
        <CloudOff aria-hidden size={16} className="mt-0.5 shrink-0" />
        <div className="min-w-0 wrap-anywhere">
          <p>
            <span className="font-medium">{t('support.received.failing', { address })}</span>
            {failedAt && (
              <>
                {' · '}
                <DateText value={failedAt} show="relative" />
              </>
            )}
          </p>
          <p>{t('support.received.failing.said', { said: failure })}</p>
          <p>
            {t('support.received.failing.help')}
            {readAt && (
              <>
                {' '}
                {t('support.received.failing.since')} <DateText value={readAt} show="both" />.
              </>
            )}
          </p>
        </div>
      </div>
    )
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-12 text-ink-muted">
      <CircleCheck aria-hidden size={14} className="shrink-0 text-success" />
      <span className="min-w-0 wrap-anywhere">
        {readAt ? (
          <>
            {t('support.received.read-ago', { address })} <DateText value={readAt} show="relative" />
          </>
        ) : (
          t('support.received.read-never', { address })
        )}
      </span>
    </p>
  )
}
