import type { ResetRow } from './queries.ts'

/** Two pairs of eyes, and time for the person to say no. */
export const approvalsNeeded = 2
export const delayHours = 24

export const isOpen = ({ doneAt, cancelledAt }: Pick<ResetRow, 'doneAt' | 'cancelledAt'>): boolean =>
  doneAt === null && cancelledAt === null

/** Days for which an address that was changed hears of a reset too: who changed it may have had one in mind. */
export const daysOfFormerAddress = 30

/** Days for which who was invited, or given the right, by somebody is no second opinion beside them. */
export const daysOfOneMind = 30

/**
 * The approvals that count now: of others than the person, once each, who may still sign in and still hold the permission,
 * and of whom none lately made another, nor both were made by the same: whoever may invite people could otherwise approve
 * twice.
 * @param holders everybody who does
 */
export function whoCounts<Approval extends { by: string; madeBy: readonly string[] }>(
  reset: { staffId: string; approvals: readonly Approval[] },
  holders: readonly { id: string }[],
): Approval[] {
  const minds = new Set<string>()
  return reset.approvals.filter(({ by, madeBy }) => {
    if (by === reset.staffId || !holders.some((holder) => holder.id === by)) return false
    const mind = [by, ...madeBy]
    if (mind.some((id) => minds.has(id))) return false
    for (const id of mind) minds.add(id)
    return true
  })
}
