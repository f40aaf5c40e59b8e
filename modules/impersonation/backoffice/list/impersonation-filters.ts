/** What the list reads from its address. */
import { z } from 'zod'
import { listImpersonations } from '#contract/impersonation'
import { useUrlState } from '#platform/ui/url-state.ts'
import type { ImpersonationFilters } from '../addresses.ts'

const Address = listImpersonations.input.query
  .pick({ state: true, purpose: true, actor: true, tenant: true, member: true })
  .extend({ toReview: z.literal('true').optional() })

export type ChangeImpersonationFilters = (change: Partial<ImpersonationFilters>) => void

export function useImpersonationFilters() {
  const [filters, change] = useUrlState(Address)
  return {
    filters: filters satisfies ImpersonationFilters,
    change: change satisfies ChangeImpersonationFilters,
    isFiltered: Object.values(filters).some((value) => value !== undefined),
  }
}
