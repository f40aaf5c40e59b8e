import { type listPrivacyRequests, requestStates, type RequestState } from '#contract/privacy'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Figures } from '#platform/ui/figures.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { registerTo, type RequestFilters } from './addresses.ts'

export type Counts = OutputOf<typeof listPrivacyRequests>['counts']

type StateTotalsProps = { filters: RequestFilters; counts: Counts | undefined }

/** How many stand where: each figure leads to exactly these requests. */
export function StateTotals({ filters, counts }: StateTotalsProps) {
  const t = useMessages()
  const formats = useFormats()
  const total = counts && requestStates.reduce((sum, state) => sum + counts[state], 0)
  const narrowed = Boolean(filters.q ?? filters.kind ?? filters.late)
  const figure = (state: RequestState | undefined, value: number | undefined) => ({
    label: t(`privacy.totals.${state ?? 'all'}`),
    value: value === undefined ? undefined : formats.integer(value),
    to: registerTo({ state }),
    current: !narrowed && filters.state === state,
  })
  return (
    <Figures
      label={t('privacy.totals')}
      figures={[figure(undefined, total), ...requestStates.map((state) => figure(state, counts?.[state]))]}
    />
  )
}
