/** The words and colours of how a tenant stands. */
import type { TenantAlert, TenantRow, TenantState } from '#contract/tenancy'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<TenantState, Tone> = {
  provisioning: 'info',
  active: 'success',
  suspended: 'warning',
  moving: 'info',
  purging: 'danger',
  purged: 'neutral',
}

export function StateBadge({ state }: Pick<TenantRow, 'state'>) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`tenancy.state.${state}`)}</Badge>
}

type Alert = (typeof TenantAlert.options)[number]

/** The practice does not work, or will not; the others can wait until the morning. */
const grave: readonly Alert[] = ['cluster_unreachable', 'work_failed', 'version_refused']

export const toneOf = (alert: Alert): Tone => (grave.includes(alert) ? 'danger' : 'warning')

type AlertBadgesProps = Pick<TenantRow, 'alerts'> & {
  /** Where there is little room: how many are told by name. */
  most?: number
}

/** What is wrong, the worst first. */
export function AlertBadges({ alerts, most }: AlertBadgesProps) {
  const t = useMessages()
  const named = alerts.slice(0, most)
  const rest = alerts.slice(named.length)
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      {named.map((alert) => (
        <Badge key={alert} tone={toneOf(alert)}>
          {t(`tenancy.alert.${alert}`)}
        </Badge>
      ))}
      {rest.length > 0 && (
        <span
          className="text-12 text-ink-muted tabular-nums"
          title={rest.map((alert) => t(`tenancy.alert.${alert}`)).join(', ')}
        >
          {t('tenancy.alert.more', { count: rest.length })}
        </span>
      )}
    </span>
  )
}
