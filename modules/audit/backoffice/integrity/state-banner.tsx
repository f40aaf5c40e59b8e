import { CircleHelp, Clock, type LucideIcon, ShieldAlert, ShieldCheck, ShieldX } from 'lucide-react'
import type { AuditStatus } from '#contract/audit'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type Health, healthOf } from './health.ts'

const looks: Record<Health, { Icon: LucideIcon; look: string; icon: string }> = {
  altered: { Icon: ShieldX, look: 'border-danger bg-danger-soft', icon: 'text-danger-ink' },
  contradicted: { Icon: ShieldAlert, look: 'border-danger bg-danger-soft', icon: 'text-danger-ink' },
  late: { Icon: Clock, look: 'border-warning bg-warning-soft', icon: 'text-warning-ink' },
  unverified: { Icon: CircleHelp, look: 'border-line bg-surface', icon: 'text-ink-muted' },
  sound: { Icon: ShieldCheck, look: 'border-success bg-success-soft', icon: 'text-success-ink' },
}

/** The one line somebody came for. */
export function StateBanner({ status }: { status: AuditStatus }) {
  const t = useMessages()
  const formats = useFormats()
  const health = healthOf(status)
  const { Icon, look, icon } = looks[health]
  const { lastVerification: last, waiting } = status
  const lines = [
    last &&
      t('audit.integrity.verified', {
        at: formats.dayTime(last.endedAt),
        size: last.size,
        shown: formats.integer(last.size),
        number: formats.integer(last.size - 1),
      }),
    health === 'unverified' && t('audit.integrity.unverified.help'),
    health === 'altered' && t('audit.integrity.altered.help', { count: last?.findings.length ?? 0 }),
    health === 'contradicted' && t('audit.integrity.contradicted.help'),
    health === 'late' &&
      t('audit.integrity.late.help', {
        count: waiting.count,
        shown: formats.integer(waiting.count),
        seconds: formats.integer(Math.round(waiting.lagSeconds)),
      }),
  ].filter((line) => typeof line === 'string')
  return (
    <section
      aria-label={t('audit.integrity.state')}
      className={cx('flex items-start gap-3 rounded-card border p-4', look)}
    >
      <Icon aria-hidden size={24} className={cx('mt-0.5 shrink-0', icon)} />
      <div className="min-w-0">
        <h2 className={cx('text-16 font-semibold', icon)}>{t(`audit.integrity.${health}`)}</h2>
        {lines.map((line) => (
          <p key={line} className="mt-0.5 text-13">
            {line}
          </p>
        ))}
      </div>
    </section>
  )
}
