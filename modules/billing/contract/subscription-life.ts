/** What a subscription may live through: the state machine, the same for the server that holds it and the menu that shows it. */

export type SubscriptionState = 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'ended'

export const subscriptionActs = [
  /** The trial is over, or ended early: it pays from now on. */
  'activate',
  'extend_trial',
  'change_plan',
  'pause',
  'resume',
  'cancel',
  /** A cancellation that waits for the period's end is withdrawn. */
  'reactivate',
  /** The day it was cancelled for has come, or at once. */
  'end',
  /** An invoice of it is overdue, or none is any more. */
  'fall_behind',
  'catch_up',
] as const
export type SubscriptionAct = (typeof subscriptionActs)[number]

const moves: Record<SubscriptionState, Partial<Record<SubscriptionAct, SubscriptionState>>> = {
  // Cancelled while it is tried, it is tried until its end all the same.
  trialing: {
    activate: 'active',
    extend_trial: 'trialing',
    change_plan: 'trialing',
    cancel: 'trialing',
    reactivate: 'trialing',
    end: 'ended',
  },
  active: {
    change_plan: 'active',
    pause: 'paused',
    cancel: 'cancelled',
    end: 'ended',
    fall_behind: 'past_due',
  },
  // Whoever owes something changes nothing before it is paid, but may leave.
  past_due: { pause: 'paused', cancel: 'cancelled', end: 'ended', catch_up: 'active' },
  paused: { resume: 'active', end: 'ended' },
  cancelled: { reactivate: 'active', end: 'ended' },
  // History: who returns begins anew.
  ended: {},
}

/** @returns where the act leads, undefined where it does not stand to reason */
export function stateAfter(state: SubscriptionState, act: SubscriptionAct): SubscriptionState | undefined {
  return moves[state][act]
}

export const subscriptionCan = (state: SubscriptionState, act: SubscriptionAct): boolean =>
  stateAfter(state, act) !== undefined

/**
 * What the client becomes with it. Who is excluded stays so until somebody decides otherwise, and a trial makes nobody less
 * than they are.
 */
export function clientStatusWith(
  state: SubscriptionState,
  { before, hasPaid }: { before: string; hasPaid: boolean },
): string {
  if (before === 'excluded') return before
  if (state === 'active' || state === 'past_due' || state === 'paused' || state === 'cancelled')
    return 'active'
  if (state === 'trialing') return before === 'active' ? 'active' : 'prospect'
  return hasPaid ? 'freemium' : 'prospect'
}
