import type { OwnMessage } from '#contract/support'
import { Avatar } from '#platform/ui/avatar.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { SentFile } from './sent-file.tsx'

/** The practice's own stand on the left, the team's on the right, and each says whose it is. */
export function Message({ ticketId, message }: { ticketId: string; message: OwnMessage }) {
  const t = useMessages()
  const { from, by, body, writtenAt, attachments } = message
  const isTeam = from === 'support'
  return (
    <article
      aria-label={t('support.own.said', { name: by })}
      className={cx(
        'rounded-card border p-3 sm:px-4',
        isTeam ? 'border-transparent bg-accent-soft sm:ml-10' : 'border-line bg-surface sm:mr-10',
      )}
    >
      <header className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-13">
        <Avatar name={by} />
        <span className="font-semibold">{by}</span>
        {isTeam && <span className="text-ink-muted">{t('support.own.team')}</span>}
        <span className="ml-auto text-12 text-ink-muted">
          <DateText value={writtenAt} show="both" />
        </span>
      </header>
      <MarkdownView text={body} />
      {attachments.length > 0 && (
        <ul aria-label={t('support.own.files')} className="mt-3 flex flex-col gap-1">
          {attachments.map((file) => (
            <SentFile key={file.id} ticketId={ticketId} file={file} />
          ))}
        </ul>
      )}
    </article>
  )
}
