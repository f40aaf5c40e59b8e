/** What the list of invoices reads from its address, and how it is ordered unless told. */
import { invoiceSorts, type InvoiceState, listInvoices } from '#contract/billing'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

type InvoiceSort = (typeof invoiceSorts)[number]

const { query } = listInvoices.input
const Filters = query
  .omit({ after: true, limit: true })
  .extend({ sort: query.shape.sort.removeDefault().optional() })

export function useInvoiceFilters() {
  const [{ sort: chosen, ...filters }, change] = useUrlState(Filters)
  const order = chosen ?? natural(filters.state)
  return {
    filters,
    order,
    sorted: asSort(order),
    change,
    changeSort: (next: Sort) => change({ sort: asOrder(next) }),
  }
}

export type InvoiceFilters = ReturnType<typeof useInvoiceFilters>['filters']

/** What has waited longest for its money comes first; everything else newest first. */
function natural(state: InvoiceState | undefined): InvoiceSort {
  return state === 'overdue' || state === 'unpaid' ? 'dueOn' : '-issuedOn'
}

function asSort(order: InvoiceSort): Sort {
  return order.startsWith('-')
    ? { column: order.slice(1), direction: 'desc' }
    : { column: order, direction: 'asc' }
}

function asOrder({ column, direction }: Sort): InvoiceSort | undefined {
  return invoiceSorts.find((order) => order === (direction === 'desc' ? `-${column}` : column))
}
