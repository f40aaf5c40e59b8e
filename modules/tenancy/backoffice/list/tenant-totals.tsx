import { countTenants, type TenantState, tenantStates } from '#contract/tenancy'
import { useEndpoint } from '#platform/ui/data.ts'
import { Figures } from '#platform/ui/figures.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { listTo, type TenantFilters, watchTo } from '../addresses.ts'

/** Passing states stand here while somebody is in them; the others always do. */
const passing: readonly TenantState[] = ['provisioning', 'moving', 'purging', 'purged']

/** How many stand where, and how many need somebody: each figure leads to exactly these. */
export function TenantTotals({ filters }: { filters: TenantFilters }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(countTenants)
  const narrowed = Boolean(filters.q ?? filters.kind ?? filters.cluster)
  const written = (value: number | undefined) => (value === undefined ? undefined : formats.integer(value))
  const shown = tenantStates.filter(
    (state) => !passing.includes(state) || filters.state === state || (data && data.states[state] > 0),
  )
  // What is gone stands in the list when it is asked for.
  const total =
    data && tenantStates.reduce((sum, state) => sum + (state === 'purged' ? 0 : data.states[state]), 0)
  return (
    <Figures
      label={t('tenancy.totals')}
      figures={[
        {
          label: t('tenancy.totals.all'),
          value: written(total),
          to: listTo(),
          current: !narrowed && !filters.state && !filters.alert,
        },
        {
          label: t('tenancy.totals.watch'),
          value: written(data?.needSomebody),
          to: watchTo,
          current: !narrowed && !filters.state && filters.alert === 'any',
        },
        ...shown.map((state) => ({
          label: t(`tenancy.totals.${state}`),
          value: written(data?.states[state]),
          to: listTo({ state }),
          current: !narrowed && !filters.alert && filters.state === state,
        })),
      ]}
    />
  )
}
