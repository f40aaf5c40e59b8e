import { Mail, MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { type Channel, listMessages, type Message } from '#contract/reminders'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { dialogOnDemand } from '#platform/ui/dialog-on-demand.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { StateBadge } from './journal/state-badge.tsx'

const MessageSheet = dialogOnDemand(
  () => true,
  () => import('./journal/message-sheet.tsx').then((module) => module.MessageSheet),
)
const WriteDialog = dialogOnDemand(
  () => true,
  () => import('./writing/write-dialog.tsx').then((module) => module.WriteDialog),
)

const SHOWN = 3

/** On a patient's page: what they were last written, and a way to write. */
export function PatientMessages({ id }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const [writing, setWriting] = useState<Channel | null>(null)
  const [open, setOpen] = useState<Message | null>(null)
  const { data, error, refetch } = useEndpoint(listMessages, { query: { patientId: id, limit: SHOWN } })
  return (
    <Card
      title={t('reminders.card')}
      actions={
        may('reminders.send') && (
          <>
            <Button size="small" icon={MessageSquare} onClick={() => setWriting('sms')}>
              {t('reminders.new.sms')}
            </Button>
            <Button size="small" icon={Mail} onClick={() => setWriting('email')}>
              {t('reminders.new.email')}
            </Button>
          </>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton width="70%" />
      ) : (
        <div className="flex flex-col gap-3 text-13">
          {data.rows.length === 0 && <p className="text-ink-muted">{t('reminders.card.none')}</p>}
          <ul className="flex flex-col">
            {data.rows.map((message) => (
              <li key={message.id} className="border-t border-line first:border-t-0">
                <button
                  type="button"
                  onClick={() => setOpen(message)}
                  className="flex min-h-9 w-full items-center gap-2 rounded-small py-1 text-left hover:bg-hover touch:min-h-10"
                >
                  <span className="min-w-0 flex-1 truncate">
                    <DateText value={message.writtenAt} show="dayTime" />
                    <span className="text-ink-muted">
                      {' '}
                      · {t(`reminders.kind.${message.kind}`)} · {t(`reminders.channel.${message.channel}`)}
                    </span>
                  </span>
                  <StateBadge message={message} />
                </button>
              </li>
            ))}
          </ul>
          {data.total > SHOWN && (
            <TextLink to={`/messages?patientId=${id}`}>
              {t('reminders.card.all', { count: data.total })}
            </TextLink>
          )}
        </div>
      )}
      {open && <MessageSheet message={open} onClose={() => setOpen(null)} />}
      {writing && <WriteDialog patientId={id} channel={writing} onClose={() => setWriting(null)} />}
    </Card>
  )
}
