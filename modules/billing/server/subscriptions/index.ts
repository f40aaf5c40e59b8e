import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { cancelling } from './cancelling.ts'
import { changingPlan } from './changing-plan.ts'
import { subscriptionChoices } from './choices.ts'
import { coupons } from './coupons.ts'
import { readingSubscriptions } from './listing.ts'
import { pausing } from './pausing.ts'
import { startingSubscriptions } from './starting.ts'
import { trials } from './trials.ts'

export const subscriptionHandlers = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  ...readingSubscriptions,
  ...startingSubscriptions,
  ...trials,
  ...changingPlan(parts),
  ...pausing(parts),
  ...cancelling(parts),
  ...subscriptionChoices,
  ...coupons,
]
