/** One mail, read whole: who claims to write, why it waits, what it says, and where it may go. */
import { ArrowLeft, MailX } from 'lucide-react'
import type { ReceivedMail } from '#contract/support'
import { getReceivedMail } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, TextLink } from '#platform/ui/link.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { clientTo, ticketTo } from '../addresses.ts'
import { Quoted } from '../ticket/quoted.tsx'
import { ticketName } from '../ticket-words.tsx'
import { type MailAddress, mailsTo } from './addresses.ts'
import { MailActsBar } from './mail-acts-bar.tsx'
import { senderName, toneOf } from './mail-words.tsx'
import { ReceivedFiles } from './received-files.tsx'

type ViewProps = { id: string; address: MailAddress; onDecided: (mail: ReceivedMail) => void }

export function MailView({ id, address, onDecided }: ViewProps) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getReceivedMail, { params: { id } })
  return (
    <section
      aria-label={t('support.received.one')}
      tabIndex={-1}
      data-mail-view
      className="rounded-card border border-line bg-surface outline-none"
    >
      <p className="px-2 pt-2 lg:hidden">
        <ButtonLink to={mailsTo({ ...address, mail: undefined })} icon={ArrowLeft} variant="ghost">
          {t('support.received.back')}
        </ButtonLink>
      </p>
      {data ? (
        <Shown mail={data} onDecided={onDecided} />
      ) : error ? (
        error.status === 404 ? (
          <EmptyState icon={MailX} title={t('support.received.unreadable')} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : (
        <div aria-hidden className="flex flex-col gap-4 p-4">
          <Skeleton width="50%" height={24} />
          <Skeleton width="35%" />
          <Skeleton width="100%" height={72} />
          <Skeleton width="80%" height={120} />
        </div>
      )}
    </section>
  )
}

type ShownProps = { mail: ReceivedMail; onDecided: ViewProps['onDecided'] }

function Shown({ mail, onDecided }: ShownProps) {
  const t = useMessages()
  return (
    <>
      <header className="flex flex-col gap-2 px-4 pt-3 pb-3">
        <h2 lang="fr" className="text-16 font-semibold wrap-anywhere">
          {mail.subject || t('support.received.no-subject')}
        </h2>
        <Facts mail={mail} />
        {mail.why && <Why mail={mail} why={mail.why} />}
      </header>
      <div className="border-t border-line px-4 py-4">
        <div lang="fr">
          {mail.body.trim() === '' ? (
            <p className="text-13 text-ink-muted">{t('support.received.no-words')}</p>
          ) : (
            <MarkdownView text={mail.body} />
          )}
        </div>
        <ReceivedFiles files={mail.fileList} />
        <Quoted text={mail.quoted} />
      </div>
      <MailActsBar mail={mail} onDecided={onDecided} />
    </>
  )
}

function Facts({ mail: { from, receivedAt, client, clients } }: { mail: ReceivedMail }) {
  const t = useMessages()
  const may = useMay()
  const known = clients.length > 0 ? clients : client ? [client] : []
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-13 [&_dt]:text-ink-muted">
      <dt>{t('support.received.from')}</dt>
      <dd className="wrap-anywhere">
        <span lang="fr" className="font-medium">
          {senderName(from, t)}
        </span>
        {from.name && from.email && <span className="text-ink-muted"> {from.email}</span>}
      </dd>
      <dt>{t('support.received.client')}</dt>
      <dd className="flex flex-wrap gap-x-3">
        {known.length === 0 && <span className="text-ink-muted">{t('support.received.client.none')}</span>}
        {known.map(({ id, name }) =>
          may('clients.read') ? (
            <TextLink key={id} to={clientTo(id)}>
              {name}
            </TextLink>
          ) : (
            <span key={id}>{name}</span>
          ),
        )}
      </dd>
      <dt>{t('support.received.at')}</dt>
      <dd>
        <DateText value={receivedAt} show="both" />
      </dd>
    </dl>
  )
}

const grounds = {
  danger: 'bg-danger-soft text-danger-ink',
  warning: 'bg-warning-soft text-warning-ink',
  neutral: 'bg-neutral-soft text-neutral-ink',
  info: 'bg-info-soft text-info-ink',
  success: 'bg-success-soft text-success-ink',
}

type WhyProps = { mail: ReceivedMail; why: NonNullable<ReceivedMail['why']> }

/** In plain words, with the ticket it points to. */
function Why({ mail: { ticket, state }, why }: WhyProps) {
  const t = useMessages()
  return (
    <div className={cx('rounded-control px-3 py-2 text-13', grounds[toneOf(why)])}>
      <p className="font-medium">{t(`support.received.why.${why}`)}</p>
      <p>{t(`support.received.why.${why}.help`)}</p>
      {ticket && state !== 'filed' && (
        <p className="mt-1 wrap-anywhere">
          {t('support.received.answers')}{' '}
          <TextLink to={ticketTo(ticket.id)} className="text-inherit">
            <span lang="fr">{ticketName(ticket)}</span>
          </TextLink>{' '}
          <span lang="fr">({ticket.requester})</span>
        </p>
      )}
    </div>
  )
}
