import type { ResetRow } from './queries.ts'

/** Two pairs of eyes, and time for the person to say no. */
export const approvalsNeeded = 2
export const delayHours = 24

export const isOpen = ({ doneAt, cancelledAt }: Pick<ResetRow, 'doneAt' | 'cancelledAt'>): boolean =>
  doneAt === null && cancelledAt === null

/**
 * The approvals that count now: of others than the person, once each, who may still sign in and still hold the permission.
 * @param holders everybody who does
 */
export function whoCounts<Approval extends { by: string }>(
  reset: { staffId: string; approvals: readonly Approval[] },
  holders: readonly { id: string }[],
): Approval[] {
  return reset.approvals.filter(
    ({ by }) => by !== reset.staffId && holders.some((holder) => holder.id === by),
  )
}
