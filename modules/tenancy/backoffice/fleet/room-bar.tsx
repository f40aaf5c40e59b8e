import type { Cluster } from '#contract/tenancy'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { roomOf } from '../clusters.ts'

/** From here on one thinks of the next cluster. */
const NEARLY_FULL = 0.85

/** How many a cluster has of those it takes. */
export function RoomBar({ cluster }: { cluster: Cluster }) {
  const t = useMessages()
  const formats = useFormats()
  const { tenants, capacity } = cluster
  const share = Math.min(1, tenants / capacity)
  const room = roomOf(cluster)
  return (
    <span className="block w-48 max-w-full text-left leading-tight">
      <span className="flex items-baseline justify-between gap-2 text-12">
        <span className="tabular-nums">
          {t('tenancy.cluster.of', {
            tenants: formats.integer(tenants),
            capacity: formats.integer(capacity),
          })}
        </span>
        <span className={room === 0 ? 'font-medium text-danger-ink' : 'text-ink-muted'}>
          {room === 0
            ? t('tenancy.cluster.full')
            : t('tenancy.cluster.left', { count: room, shown: formats.integer(room) })}
        </span>
      </span>
      <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-pressed">
        <span
          className={cx(
            'block h-full',
            share === 1 ? 'bg-danger' : share >= NEARLY_FULL ? 'bg-warning' : 'bg-accent',
          )}
          style={{ width: `${100 * share}%` }}
        />
      </span>
    </span>
  )
}
