import { Info, ShieldAlert, Users } from 'lucide-react'
import type { getImpersonationTarget } from '#contract/impersonation'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

export type Target = OutputOf<typeof getImpersonationTarget>

/** Before anything is asked: what the practice is told or asked, what is written down, and who else is in. */
export function TargetFacts({ target, glass }: { target: Target; glass: boolean }) {
  const t = useMessages()
  const formats = useFormats()
  const { practice, profile, policy, others } = target
  const Icon = glass ? ShieldAlert : Info
  return (
    <div className="flex flex-col gap-3 text-13">
      <p className="text-ink-muted">{t('impersonation.ask.within', { practice, profile })}</p>
      <p
        className={cx(
          'flex gap-2 rounded-control px-3 py-2',
          glass ? 'bg-danger-soft text-danger-ink' : 'bg-info-soft text-info-ink',
        )}
      >
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        {t(glass ? 'impersonation.ask.glass.help' : `impersonation.policy.${policy}.help`)}
      </p>
      {others.length > 0 && (
        <p className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-warning-ink">
          <Users aria-hidden size={16} className="mt-0.5 shrink-0" />
          {t('impersonation.ask.others', { count: others.length, names: formats.list(others) })}
        </p>
      )}
      <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-muted">
        <li>{t('impersonation.ask.logged')}</li>
        <li>{t('impersonation.ask.asleep')}</li>
        {!target.mayWrite && <li>{t('impersonation.ask.read-only')}</li>}
      </ul>
    </div>
  )
}
