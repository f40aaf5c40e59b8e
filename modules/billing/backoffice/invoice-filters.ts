/** What the list of invoices reads from its address, and how it is ordered unless told. */
import { type InvoiceState, listInvoices } from '#contract/billing'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

const { state, kind, client, issuedIn, issuedUntil, q, sort, direction } = listInvoices.input.query.shape

const Filters = listInvoices.input.query.pick({}).extend({
  state,
  kind,
  client,
  issuedIn,
  issuedUntil,
  q,
  sort: sort.removeDefault().optional(),
  direction: direction.removeDefault().optional(),
})

export function useInvoiceFilters() {
  const [address, change] = useUrlState(Filters)
  const { sort: column, direction: chosen, ...filters } = address
  const sorted: Sort =
    column === undefined ? sortedByNature(filters.state) : { column, direction: chosen ?? 'desc' }
  return { filters, sorted, change }
}

export type InvoiceFilters = ReturnType<typeof useInvoiceFilters>['filters']

/** What has waited longest for its money comes first; everything else newest first. */
function sortedByNature(shown: InvoiceState | undefined): Sort {
  return shown === 'overdue' || shown === 'unpaid'
    ? { column: 'dueOn', direction: 'asc' }
    : { column: 'issuedOn', direction: 'desc' }
}
