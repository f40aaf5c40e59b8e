/** What a queue reads from its address, and how it is ordered unless told. */
import { z } from 'zod'
import { Queue, TicketFilter, TicketSort, ticketSorts } from '#contract/support'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** Addresses are kept for years: a word that is not known any more is left out, not refused. */
export const QueueState = TicketFilter.extend({
  queue: Queue.optional(),
  sort: TicketSort.optional(),
  /** The day begins here: see `landing.ts`. */
  landed: z.enum(['yes']).optional(),
  write: z.enum(['reply', 'note']).optional(),
}).strip()
export type QueueState = z.infer<typeof QueueState>
export type QueueFilters = Omit<QueueState, 'sort' | 'landed' | 'write'>
export type ChangeQueue = (change: Partial<QueueState>, options?: { replace?: boolean }) => void

/** The queue one stands in where the address names none. */
export const usualQueue = 'open' satisfies z.infer<typeof Queue>

export function useQueueFilters() {
  const [{ sort, landed, write: _write, ...filters }, change] = useUrlState(QueueState)
  return {
    filters,
    queue: filters.queue ?? usualQueue,
    sort,
    landed,
    sorted: asSort(sort ?? 'due'),
    change: change satisfies ChangeQueue,
    changeSort: (next: Sort) => change({ sort: asOrder(next) }),
    isFiltered: Object.entries(filters).some(([name, value]) => name !== 'queue' && value !== undefined),
  }
}

function asSort(order: TicketSort): Sort {
  return order.startsWith('-')
    ? { column: order.slice(1), direction: 'desc' }
    : { column: order, direction: 'asc' }
}

function asOrder({ column, direction }: Sort): TicketSort | undefined {
  return ticketSorts.find((order) => order === (direction === 'desc' ? `-${column}` : column))
}
