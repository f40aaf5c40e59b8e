import {
  ArrowRight,
  CircleCheck,
  type LucideIcon,
  ShieldAlert,
  ShieldQuestionMark,
  Siren,
} from 'lucide-react'
import type { getDefence } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { listTo } from './addresses.ts'

export type Defence = OutputOf<typeof getDefence>

/** What needs somebody comes before every figure; where nothing does, that is said too. */
export function WhatStandsOut({ defence }: { defence: Defence | undefined }) {
  const t = useMessages()
  const may = useMay()
  if (!defence) return <div aria-hidden className="skeleton h-11 rounded-card" />
  const { underAttack, waitingFactorResets, suspiciousLastWeek, activeBlocks } = defence
  const waiting = may('staff.reset_factors') ? waitingFactorResets : 0
  return (
    <section aria-label={t('identity.security.alerts')} className="flex flex-col gap-2">
      {underAttack && (
        <Alert
          icon={Siren}
          tone="danger"
          title={t('identity.security.under-attack')}
          help={t('identity.security.under-attack.help')}
          to={listTo({ tab: 'blocks' })}
        />
      )}
      {waiting > 0 && (
        <Alert
          icon={ShieldQuestionMark}
          tone="warning"
          title={t('identity.security.resets-wait', { count: waiting })}
          help={t('identity.security.resets-wait.help')}
          to={listTo({ tab: 'factor-resets' })}
        />
      )}
      {suspiciousLastWeek > 0 && (
        <Alert
          icon={ShieldAlert}
          tone="warning"
          title={t('identity.security.suspicious', { count: suspiciousLastWeek })}
          help={t('identity.security.suspicious.help')}
          to={listTo({ what: 'suspicious' })}
        />
      )}
      {!underAttack && waiting === 0 && suspiciousLastWeek === 0 && (
        <p className="flex items-center gap-2 rounded-card border border-line bg-surface px-4 py-3 text-13">
          <CircleCheck aria-hidden size={16} className="shrink-0 text-success" />
          {t('identity.security.calm', { count: activeBlocks })}
        </p>
      )}
    </section>
  )
}

type AlertProps = { icon: LucideIcon; tone: 'danger' | 'warning'; title: string; help: string; to: string }

function Alert({ icon: Icon, tone, title, help, to }: AlertProps) {
  const t = useMessages()
  return (
    <Link
      to={to}
      className={cx(
        'group flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border px-4 py-3 text-13',
        tone === 'danger'
          ? 'border-danger/40 bg-danger-soft text-danger-ink'
          : 'border-warning/40 bg-warning-soft text-warning-ink',
      )}
    >
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0 self-start" />
      <span className="flex min-w-0 flex-1 basis-60 flex-wrap gap-x-3">
        <span className="font-semibold">{title}</span>
        <span>{help}</span>
      </span>
      <span className="ml-auto inline-flex items-center gap-1 font-medium group-hover:underline">
        {t('identity.security.see')}
        <ArrowRight aria-hidden size={16} />
      </span>
    </Link>
  )
}
