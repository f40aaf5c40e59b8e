import type { Colleague } from '#contract/identity'

/** What may be done about a colleague: what may not be done is not shown. */
export const colleagueCan = {
  /** The holder's stands, and nobody changes their own. */
  change: ({ holder, me, state }: Colleague) => !holder && !me && state !== 'ended',
  invite: ({ state }: Colleague) => state === 'invited',
  /** Who left is let in anew, as they were. */
  letIn: ({ me, state }: Colleague) => !me && state === 'ended',
  /** By whom the practice belongs to. */
  resetFactor: ({ me, state, secondFactor }: Colleague, asker: Colleague | undefined) =>
    asker?.holder === true && !me && state === 'active' && secondFactor === true,
}
