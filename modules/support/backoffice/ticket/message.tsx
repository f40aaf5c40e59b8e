/** One thing that was said: the customer on the left, the team on the right, notes on yellow paper. */
import { Clock3, LockKeyhole, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Ticket, TicketMessage } from '#contract/support'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ChooseMessage } from '../moves/choosing.tsx'
import { Attachments } from './attachments.tsx'
import { BounceBox, FilesNotKept, InsistedNote, MailWay } from './mail-marks.tsx'
import { Quoted } from './quoted.tsx'

type MessageProps = {
  ticketId: string
  message: TicketMessage
  /** Whose ticket it is. */
  client: Ticket['client']
  /** It came while one was writing. */
  fresh?: boolean | undefined
  /** Given where one may still take it back. */
  onTakeBack?: (() => void) | undefined
}

export function Message({ ticketId, message, client, fresh = false, onTakeBack }: MessageProps) {
  const t = useMessages()
  const { kind, by, body, writtenAt, leavesAt, takenBack, attachments } = message
  const secondsLeft = useSecondsUntil(takenBack ? null : leavesAt)
  if (takenBack)
    return (
      <li className="self-center text-12 text-ink-muted">
        {t('support.message.taken-back', { name: by.name })} · <DateText value={writtenAt} show="relative" />
      </li>
    )
  const isTheirs = kind === 'customer'
  const isNote = kind === 'note'
  return (
    <li className={cx('flex max-w-full gap-2', isTheirs ? 'self-start' : 'flex-row-reverse self-end')}>
      <ChooseMessage message={message} />
      <span className="mt-1 max-sm:hidden">
        <Avatar name={by.name} />
      </span>
      <div
        className={cx(
          'min-w-0 max-w-2xl rounded-card border px-3 py-2',
          isNote
            ? 'border-dashed border-on-paper/40 bg-paper text-on-paper'
            : isTheirs
              ? 'border-line bg-surface'
              : 'border-transparent bg-accent-soft',
          fresh && 'ring-2 ring-accent',
        )}
      >
        <p className={cx('mb-1 flex flex-wrap items-center gap-x-2 text-12', !isNote && 'text-ink-muted')}>
          {isNote && (
            <span className="inline-flex items-center gap-1 font-semibold">
              <LockKeyhole aria-hidden size={13} />
              {t('support.note')}
            </span>
          )}
          <span className={cx('font-medium', !isNote && 'text-ink')}>{by.name}</span>
          {kind === 'auto' && <Badge>{t('support.message.auto')}</Badge>}
          {kind === 'contact' && <Badge>{t('support.message.contact')}</Badge>}
          {message.movedFrom !== null && (
            <Badge>{t('support.message.moved-from', { number: String(message.movedFrom) })}</Badge>
          )}
          {fresh && <Badge tone="info">{t('support.message.fresh')}</Badge>}
          <MailWay message={message} />
          <DateText value={writtenAt} show="relative" />
        </p>
        {message.forgotten ? (
          <p className="text-13 text-ink-muted italic">{t('support.message.forgotten')}</p>
        ) : (
          <div lang="fr">
            <MarkdownView text={body} />
          </div>
        )}
        <Attachments ticketId={ticketId} files={attachments} />
        <FilesNotKept files={message.filesNotKept} />
        <Quoted text={message.quoted} />
        {message.insisted && <InsistedNote />}
        {message.bounce && <BounceBox bounce={message.bounce} client={client} />}
        {secondsLeft > 0 && (
          <p className="mt-2 flex items-center gap-2 text-12 text-ink-muted">
            <Clock3 aria-hidden size={14} />
            <span role="timer" aria-live="off" className="tabular-nums">
              {t('support.message.leaves-in', { seconds: secondsLeft })}
            </span>
            {onTakeBack && (
              <Button size="small" icon={Undo2} onClick={onTakeBack}>
                {t('support.message.take-back')}
              </Button>
            )}
          </p>
        )}
      </div>
    </li>
  )
}

/** Counts down to an instant; nothing once it has come. */
function useSecondsUntil(at: string | null): number {
  const left = () => (at === null ? 0 : Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1_000)))
  const [seconds, setSeconds] = useState(left)
  const [of, setOf] = useState(at)
  if (of !== at) {
    setOf(at)
    setSeconds(left())
  }
  const goesOn = seconds > 0
  useEffect(() => {
    if (!goesOn || at === null) return
    const timer = setInterval(
      () => setSeconds(Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1_000))),
      500,
    )
    return () => clearInterval(timer)
  }, [goesOn, at])
  return seconds
}
