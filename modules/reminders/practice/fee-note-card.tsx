import { Mail } from 'lucide-react'
import { listMessages, sendFeeNote } from '#contract/reminders'
import { Button } from '#platform/ui/button.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { StateBadge } from './journal/state-badge.tsx'

/** On a fee note: mails its PDF, and says what became of it. */
export function FeeNoteMailing({ id }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const reads = may('reminders.read')
  const { data } = useEndpoint(listMessages, { query: { feeNoteId: id, limit: 1 } }, { enabled: reads })
  const send = useEndpoint(sendFeeNote, {
    onSuccess: ({ recipient }) =>
      notify.done({ title: t('reminders.fee-note.sent', { to: recipient ?? t('reminders.to.hidden') }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const last = data?.rows[0]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13">
      <Button icon={Mail} loading={send.isPending} onClick={() => send.mutate({ body: { feeNoteId: id } })}>
        {t(last ? 'reminders.fee-note.again' : 'reminders.fee-note.send')}
      </Button>
      {last && (
        <span className="flex flex-wrap items-center gap-2 text-ink-muted">
          {t('reminders.fee-note.last', { to: last.recipient ?? t('reminders.to.hidden') })}
          <DateText value={last.writtenAt} show="dayTime" />
          <StateBadge message={last} />
        </span>
      )}
    </div>
  )
}
