import { ShieldAlert } from 'lucide-react'
import { listAccesses, type Access } from '#contract/impersonation'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { AccessActs } from './access-acts.tsx'

/** Where the day begins: somebody is in, or asks to be. Whoever is in themself sees the band instead. */
export function AccessNotice() {
  const { data } = useEndpoint(listAccesses, { query: {} })
  const shown = data?.rows.filter(({ state, can }) =>
    state === 'running' ? can.end : state === 'waiting' && can.answer,
  )
  if (!shown || shown.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      {shown.map((access) => (
        <Notice key={access.id} access={access} />
      ))}
    </div>
  )
}

function Notice({ access }: { access: Access }) {
  const t = useMessages()
  const formats = useFormats()
  const { id, actor, subject, state, mayWrite, reason, endsAt } = access
  const isIn = state === 'running'
  const values = {
    actor: actor.name,
    subject: subject.name,
    mode: mayWrite ? 'write' : 'read',
    time: formats.time(endsAt),
  }
  return (
    <section
      aria-label={t('impersonation.practice.accesses')}
      className={cx(
        'flex items-start gap-3 rounded-card border bg-surface px-4 py-3 text-13',
        isIn ? 'border-danger' : 'border-warning',
      )}
    >
      <ShieldAlert
        aria-hidden
        size={18}
        className={cx('mt-0.5 shrink-0', isIn ? 'text-danger' : 'text-warning')}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="font-medium">
          {t(
            isIn ? 'impersonation.practice.notice.running' : 'impersonation.practice.notice.waiting',
            values,
          )}
        </p>
        <p className="max-w-prose wrap-anywhere text-ink-muted">{reason}</p>
        <AccessActs access={access} />
        <p>
          <TextLink to={`/accesses/${id}`}>{t('impersonation.practice.notice.more')}</TextLink>
        </p>
      </div>
    </section>
  )
}
