import { ArrowRight, CircleCheck, Siren } from 'lucide-react'
import { countTenants, tenantStates } from '#contract/tenancy'
import { useEndpoint } from '#platform/ui/data.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

const looks = {
  watch: 'border-warning/40 bg-warning-soft text-warning-ink',
  well: 'border-line bg-surface',
}

/** How many practices have their space, and how many of these need somebody: the latter before anything else. */
export function TenantsLine() {
  const t = useMessages()
  const formats = useFormats()
  const { data, error } = useEndpoint(countTenants)
  if (!data) return error ? null : <Skeleton width="100%" height={42} />
  const tenants = tenantStates.reduce((sum, state) => sum + (state === 'purged' ? 0 : data.states[state]), 0)
  if (tenants === 0) return null
  const { needSomebody } = data
  const Icon = needSomebody > 0 ? Siren : CircleCheck
  const counted = (count: number) => ({ count, shown: formats.integer(count) })
  return (
    <section
      aria-label={t('dashboard.tenants')}
      className={`flex flex-wrap items-center gap-x-4 gap-y-1 rounded-card border px-4 py-2.5 text-13 ${looks[needSomebody > 0 ? 'watch' : 'well']}`}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      {needSomebody > 0 ? (
        <Link to="/tenants?alert=any" className="rounded-small font-semibold hover:underline">
          <LiveFigure value={t('dashboard.tenants.watch', counted(needSomebody))} />
        </Link>
      ) : (
        <span>{t('dashboard.tenants.well')}</span>
      )}
      <Link
        to="/tenants"
        className="ml-auto inline-flex items-center gap-1 rounded-small font-medium hover:underline"
      >
        <LiveFigure value={t('dashboard.tenants.count', counted(tenants))} />
        <ArrowRight aria-hidden size={16} />
      </Link>
    </section>
  )
}
