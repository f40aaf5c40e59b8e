import type { listStaff, StaffState } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Figures } from '#platform/ui/figures.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type StaffFilters, teamTo } from './addresses.ts'
import { staffStates } from './staff-words.tsx'

type StateTotalsProps = { filters: StaffFilters; counts: OutputOf<typeof listStaff>['counts'] | undefined }

/** How many are in each state: each figure leads to exactly these people. */
export function StateTotals({ filters, counts }: StateTotalsProps) {
  const t = useMessages()
  const formats = useFormats()
  const total = counts && staffStates.reduce((sum, state) => sum + counts[state], 0)
  const narrowed = Boolean(filters.q ?? filters.role)
  const figure = (state: StaffState | undefined, value: number | undefined) => ({
    label: t(`identity.staff.totals.${state ?? 'all'}`),
    value: value === undefined ? undefined : formats.integer(value),
    to: teamTo({ state }),
    current: !narrowed && filters.state === state,
  })
  return (
    <Figures
      label={t('identity.staff.totals')}
      figures={[figure(undefined, total), ...staffStates.map((state) => figure(state, counts?.[state]))]}
    />
  )
}
