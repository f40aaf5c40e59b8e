import type { Member } from '#contract/identity'
import type { TenantRow } from '#contract/tenancy'

type May = (permission: string) => boolean

export const memberName = ({ firstName, lastName }: Pick<Member, 'firstName' | 'lastName'>) =>
  `${firstName} ${lastName}`.trim()

/** What may be done about the people of a practice: what may not be done is not shown. */
export const memberCan = {
  invite: ({ state }: Pick<TenantRow, 'state'>, may: May) =>
    (state === 'active' || state === 'suspended') && may('tenants.open'),
  resend: ({ state }: Member, may: May) => state === 'invited' && may('tenants.open'),
  endSessions: ({ openSessions }: Member, may: May) => openSessions > 0 && may('tenants.open'),
  /** When they lost all that they could show, and nobody in the practice can help. */
  resetFactor: ({ secondFactor, state }: Member, may: May) =>
    secondFactor && state !== 'left' && may('tenants.open'),
  /** A practice is nobody's without its holder. */
  depart: ({ state, holder }: Member, may: May) => state !== 'left' && !holder && may('tenants.open'),
}
