/**
 * Whether whoever reads one ticket may read the other. What was said in a ticket is read by all of the practice it is of, and
 * answers go to who asked: so both are of one practice, or of none, and were asked by its members or from one address.
 */
import type { Held } from '../tickets/lock.ts'

export type Whose = Pick<Held, 'tenantId' | 'clientId' | 'requesterMemberId' | 'requesterEmail'>

export function isOfOneCustomer(one: Whose, other: Whose): boolean {
  if (one.tenantId !== other.tenantId) return false
  if (one.requesterEmail === other.requesterEmail) return noneOrSame(one.clientId, other.clientId)
  return one.tenantId !== null && one.requesterMemberId !== null && other.requesterMemberId !== null
}

const noneOrSame = (one: string | null, other: string | null) =>
  one === null || other === null || one === other
