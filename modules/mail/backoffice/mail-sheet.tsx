/** One mail beside the outbox: where it got to, and what it says where that can be read. */
import { type ReactNode, useState } from 'react'
import { getMail, getMailPage, type WholeMail } from '#contract/mail'
import { addressOf } from '#platform/contract/endpoint.ts'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { MailAction } from './mail-action.tsx'
import { StateBadge } from './state-badge.tsx'

export function MailSheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const t = useMessages()
  const { data, error, refetch, isPlaceholderData } = useEndpoint(
    getMail,
    { params: { id: id ?? '' } },
    // The sheet slides away with what it showed.
    { enabled: id !== undefined, keepPrevious: true },
  )
  const mail = id !== undefined && isPlaceholderData ? undefined : data
  return (
    <Sheet
      open={id !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={mail?.subject ?? t('mail.one')}
    >
      {error && !mail ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : mail ? (
        <Whole mail={mail} />
      ) : (
        <div aria-hidden className="flex flex-col gap-5 py-2">
          {[60, 75, 50, 68].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      )}
    </Sheet>
  )
}

function Whole({ mail }: { mail: WholeMail }) {
  const t = useMessages()
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-13">
        <Fact label={t('mail.to')}>
          {mail.to.name} <span className="text-ink-muted">{mail.to.email}</span>
        </Fact>
        <Fact label={t('mail.at')}>
          <DateText value={mail.at} show="instant" />
        </Fact>
        <Fact label={t('mail.state')}>
          <StateBadge state={mail.state} />
        </Fact>
        {mail.sentAt && (
          <Fact label={t('mail.sent-at')}>
            <DateText value={mail.sentAt} show="instant" />
          </Fact>
        )}
        {mail.tries > 0 && <Fact label={t('mail.tries')}>{mail.tries}</Fact>}
        {mail.lastError && (
          <Fact label={t('mail.last-error')}>
            <code className="text-12 break-words">{mail.lastError}</code>
          </Fact>
        )}
        <Fact label={t('mail.template')}>
          <code className="text-12 break-words">{mail.template}</code>
        </Fact>
        <Fact label={t('mail.id')}>
          <CopyId id={mail.id} />
        </Fact>
      </dl>
      {mail.words ? <Words mail={mail} words={mail.words} /> : <Unread state={mail.state} />}
    </div>
  )
}

function Words({ mail, words }: { mail: WholeMail; words: NonNullable<WholeMail['words']> }) {
  const t = useMessages()
  const [view, setView] = useState<'text' | 'page'>('text')
  return (
    <>
      {words.action && <MailAction action={words.action} language={mail.language} />}
      <Tabs
        label={t('mail.views')}
        value={view}
        onChange={setView}
        tabs={[
          {
            value: 'text',
            label: t('mail.view.text'),
            panel: (
              <p lang={mail.language} className="text-13 break-words whitespace-pre-wrap">
                {words.text}
              </p>
            ),
          },
          {
            value: 'page',
            label: t('mail.view.page'),
            panel: (
              // Its own answer, under stricter rules than this page's: see reading.ts.
              <iframe
                title={t('mail.view.page')}
                src={addressOf(getMailPage, { id: mail.id })}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                className="h-128 w-full rounded-card border border-line"
              />
            ),
          },
        ]}
      />
    </>
  )
}

/** Why there is nothing to read. */
function Unread({ state }: { state: WholeMail['state'] }) {
  const t = useMessages()
  return <p className="rounded-card bg-sunken p-3 text-13 text-ink-muted">{t(`mail.unread.${state}`)}</p>
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
