import type { Impersonation } from '#contract/impersonation'

type Who = { id: string; may: (permission: string) => boolean }
type One = Pick<Impersonation, 'state' | 'actor' | 'breakGlass' | 'approvedAt' | 'reviewedAt'>

const isOwn = ({ actor }: One, { id }: Who) => actor.id === id
const isOpen = ({ state }: One) => state === 'waiting' || state === 'ready'

/** Somebody was let in without the practice’s word, and nobody has said yet what to think of it. */
export const isToReview = ({ state, approvedAt, reviewedAt }: Omit<One, 'actor' | 'breakGlass'>) =>
  approvedAt !== null && state === 'ended' && reviewedAt === null

/** What may be done about one: what may not be done is not shown. */
export const impersonationCan = {
  enter: (one: One, who: Who) => one.state === 'ready' && isOwn(one, who) && who.may('impersonation.start'),
  withdraw: (one: One, who: Who) => isOpen(one) && isOwn(one, who) && who.may('impersonation.start'),
  /** One’s own that has not begun is taken back instead. */
  revoke: (one: One, who: Who) =>
    (one.state === 'running' || (isOpen(one) && !isOwn(one, who))) && who.may('impersonation.revoke'),
  approve: (one: One, who: Who) =>
    one.state === 'waiting' && one.breakGlass && !isOwn(one, who) && who.may('impersonation.approve'),
  review: (one: One, who: Who) => isToReview(one) && !isOwn(one, who) && who.may('impersonation.approve'),
}
