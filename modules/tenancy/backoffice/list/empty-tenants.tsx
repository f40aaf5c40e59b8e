import { DatabaseZap, SearchX, ShieldCheck } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { listTo, type TenantFilters } from '../addresses.ts'

type EmptyTenantsProps = { filters: TenantFilters; isFiltered: boolean }

/** Why nothing is listed, and what to do about it. */
export function EmptyTenants({ filters, isFiltered }: EmptyTenantsProps) {
  const t = useMessages()
  const go = useGo()
  if (!isFiltered)
    return (
      <EmptyState icon={DatabaseZap} title={t('tenancy.empty')}>
        <p>{t('tenancy.empty.help')}</p>
      </EmptyState>
    )
  const { alert, ...others } = filters
  const allWell = alert !== undefined && Object.values(others).every((value) => value === undefined)
  return (
    <EmptyState
      icon={allWell ? ShieldCheck : SearchX}
      title={t(allWell ? 'tenancy.empty.watch' : 'tenancy.empty.filtered')}
      action={<Button onClick={() => go(listTo())}>{t('tenancy.show-all')}</Button>}
    >
      <p>{t(allWell ? 'tenancy.empty.watch.help' : 'tenancy.empty.filtered.help')}</p>
    </EmptyState>
  )
}
