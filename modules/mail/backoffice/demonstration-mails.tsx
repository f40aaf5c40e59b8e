/** For who tries the product and is not signed in: the mails it would have sent, with their links. */
import { Mails } from 'lucide-react'
import { listDemonstrationMails } from '#contract/mail'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { MailAction } from './mail-action.tsx'

type DemonstrationMail = OutputOf<typeof listDemonstrationMails>['rows'][number]

export function DemonstrationMails() {
  const t = useMessages()
  // News are for who is signed in: this page asks by itself.
  const mails = useEndpoint(listDemonstrationMails, {}, { every: 4_000 })
  usePageTitle(t('mail.demonstration'))
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-gutter py-3">
        <p className="text-14 font-semibold">{t('ui.product')}</p>
        <ButtonLink variant="ghost" to="/sign-in">
          {t('mail.demonstration.sign-in')}
        </ButtonLink>
      </header>
      <main className="mx-auto w-full max-w-2xl flex-1 px-gutter pt-6 pb-24">
        <h1 className="text-20 font-semibold tracking-tight">{t('mail.demonstration')}</h1>
        <p className="mt-1 mb-5 text-13 text-ink-muted">{t('mail.demonstration.help')}</p>
        {mails.data ? (
          <MailCards mails={mails.data.rows} />
        ) : mails.error ? (
          <ErrorState error={mails.error} onRetry={() => mails.refetch()} />
        ) : (
          <div aria-hidden className="flex flex-col gap-5 py-2">
            {[60, 75, 50].map((width) => (
              <Skeleton key={width} width={`${width}%`} />
            ))}
          </div>
        )}
      </main>
    </div>
  )
}

function MailCards({ mails }: { mails: readonly DemonstrationMail[] }) {
  const t = useMessages()
  if (mails.length === 0)
    return (
      <EmptyState icon={Mails} title={t('mail.demonstration.empty')}>
        <p>{t('mail.demonstration.empty.help')}</p>
      </EmptyState>
    )
  return (
    <ul className="flex flex-col gap-3">
      {mails.map((mail) => (
        <li key={mail.id} className="rounded-card border border-line bg-surface p-4">
          <h2 lang={mail.language} className="text-14 font-semibold">
            {mail.subject}
          </h2>
          <p className="mt-1 flex flex-wrap gap-x-3 text-13 text-ink-muted">
            <span className="min-w-0 break-words">{mail.to.email}</span>
            <DateText value={mail.at} show="both" />
          </p>
          {mail.action && (
            <div className="mt-3">
              <MailAction action={mail.action} language={mail.language} />
            </div>
          )}
          <details className="mt-3">
            <summary className="cursor-pointer rounded-small text-13 text-ink-muted">
              {t('mail.demonstration.read')}
            </summary>
            <p lang={mail.language} className="mt-2 text-13 break-words whitespace-pre-wrap">
              {mail.text}
            </p>
          </details>
        </li>
      ))}
    </ul>
  )
}
