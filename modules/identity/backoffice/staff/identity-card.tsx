import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { StaffDetail } from '#contract/identity'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export function IdentityCard({ member }: { member: StaffDetail }) {
  const t = useMessages()
  return (
    <Card title={t('identity.staff.card.identity')}>
      <dl className="flex flex-col">
        <Fact label={t('identity.staff.last-name')}>{member.lastName}</Fact>
        <Fact label={t('identity.staff.first-name')}>{member.firstName}</Fact>
        <Fact label={t('identity.staff.email')}>
          <a
            href={`mailto:${member.email}`}
            className="rounded-small wrap-anywhere text-accent-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {member.email}
          </a>
          <CopyEmail email={member.email} />
        </Fact>
        <Fact label={t('identity.staff.last-sign-in')}>
          {member.lastSignInAt ? (
            <DateText value={member.lastSignInAt} show="both" />
          ) : (
            <span className="text-ink-muted">{t('identity.staff.never-signed-in')}</span>
          )}
        </Fact>
        <Fact label={t('identity.staff.created-at')}>
          <DateText value={member.createdAt} show="dayTime" />
        </Fact>
        <Fact label={t('identity.staff.id')}>
          <CopyId id={member.id} />
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="group flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0">
      <dt className="w-30 shrink-0 text-ink-muted">{label}</dt>
      <dd className="relative flex min-w-0 flex-1 items-start justify-between gap-1 break-words [&_time]:whitespace-normal">
        {children}
      </dd>
    </div>
  )
}

function CopyEmail({ email }: { email: string }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(email)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={t('identity.staff.copy-email')}
        size="small"
        className="absolute -top-1 right-0 bg-surface opacity-0 group-hover:opacity-100 focus-visible:opacity-100 touch:static touch:-my-1 touch:opacity-100"
        onClick={() => void copy()}
      />
      <span className="sr-only" aria-live="polite">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  )
}
