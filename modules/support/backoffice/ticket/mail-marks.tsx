/** What is to be said of a message because it came, or goes, by mail. */
import { Mail, MailWarning, ShieldAlert } from 'lucide-react'
import type { Ticket, TicketMessage } from '#contract/support'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { clientTo } from '../addresses.ts'

/** « odile@example.com », « par e-mail à odile@example.com »: which way it took. */
export function MailWay({ message: { fromEmail, toEmail } }: { message: TicketMessage }) {
  const t = useMessages()
  const email = fromEmail ?? toEmail
  if (email === null) return null
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <Mail aria-hidden size={13} className="shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {t(fromEmail === null ? 'support.message.to' : 'support.message.from', { email })}
      </span>
    </span>
  )
}

/** Files of a mail that nobody will find here, and why. */
export function FilesNotKept({ files }: { files: TicketMessage['filesNotKept'] }) {
  const t = useMessages()
  const formats = useFormats()
  if (files.length === 0) return null
  const said = files.map(({ name, why }) =>
    t('support.message.not-kept.one', { name, why: t(`support.received.file.${why}`) }),
  )
  return (
    <p className="mt-2 text-12 text-ink-muted wrap-anywhere">
      {t('support.message.not-kept', { files: formats.list(said) })}
    </p>
  )
}

type BounceProps = { bounce: NonNullable<TicketMessage['bounce']>; client: Ticket['client'] }

/** It did not reach them: what their server said, and what to do now. */
export function BounceBox({ bounce: { at, email, said }, client }: BounceProps) {
  const t = useMessages()
  const may = useMay()
  return (
    <div className="mt-2 flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink">
      <MailWarning aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 wrap-anywhere">
        <p>
          <span className="font-medium">{t('support.message.bounced', { email })}</span> ·{' '}
          <DateText value={at} show="dayTime" />
        </p>
        {said && <p className="text-12">{t('support.message.bounced.said', { said })}</p>}
        <p>
          {t('support.message.bounced.help')}
          {client && may('clients.read') && (
            <>
              {' '}
              <TextLink to={clientTo(client.id)} className="text-inherit">
                {t('support.client.open')}
              </TextLink>
            </>
          )}
        </p>
      </div>
    </div>
  )
}

export function InsistedNote() {
  const t = useMessages()
  return (
    <p className="mt-2 flex items-center gap-1.5 text-12 text-ink-muted">
      <ShieldAlert aria-hidden size={14} className="shrink-0" />
      {t('support.message.insisted')}
    </p>
  )
}
