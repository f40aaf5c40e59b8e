import { alerts, TenantKind, tenantStates } from '#contract/tenancy'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import type { TenantFilters } from '../addresses.ts'
import { clusterOptions, useClusters } from '../clusters.ts'
import type { ChangeTenantFilters } from './tenant-filters.ts'

type TenantToolbarProps = { filters: TenantFilters; change: ChangeTenantFilters }

const anyAlert = ['any', ...alerts] as const

export function TenantToolbar({ filters, change }: TenantToolbarProps) {
  const t = useMessages()
  const { state, kind, cluster, alert } = filters
  const clusters = useClusters()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  return (
    <>
      <SearchInput
        label={t('tenancy.search')}
        placeholder={t('tenancy.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('tenancy.state')}
        options={tenantStates.map((one) => ({ value: one, label: t(`tenancy.state.${one}`) }))}
        value={state ? [state] : []}
        onChange={([one]) => change({ state: one })}
      />
      <FilterMenu
        single
        label={t('tenancy.kind')}
        options={TenantKind.options.map((one) => ({ value: one, label: t(`tenancy.kind.${one}`) }))}
        value={kind ? [kind] : []}
        onChange={([one]) => change({ kind: one })}
      />
      <FilterMenu
        single
        label={t('tenancy.cluster')}
        options={clusterOptions(clusters)}
        value={cluster ? [cluster] : []}
        onChange={([one]) => change({ cluster: one })}
      />
      <FilterMenu
        single
        label={t('tenancy.alert')}
        options={anyAlert.map((one) => ({ value: one, label: t(`tenancy.alert.${one}`) }))}
        value={alert ? [alert] : []}
        onChange={([one]) => change({ alert: one })}
      />
      {state && (
        <Chip
          label={t('tenancy.state')}
          value={t(`tenancy.state.${state}`)}
          onRemove={() => change({ state: undefined })}
        />
      )}
      {kind && (
        <Chip
          label={t('tenancy.kind')}
          value={t(`tenancy.kind.${kind}`)}
          onRemove={() => change({ kind: undefined })}
        />
      )}
      {cluster && (
        <Chip
          label={t('tenancy.cluster')}
          value={clusters.find(({ id }) => id === cluster)?.name ?? `…${cluster.slice(-8)}`}
          onRemove={() => change({ cluster: undefined })}
        />
      )}
      {alert && (
        <Chip
          label={t('tenancy.alert')}
          value={t(`tenancy.alert.${alert}`)}
          onRemove={() => change({ alert: undefined })}
        />
      )}
    </>
  )
}
