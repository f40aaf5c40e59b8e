export const subscriptionsTo = '/subscriptions'
export const newSubscriptionTo = '/subscriptions/new'
export const catalogueTo = '/catalogue'
export const renewalTo = '/renewals'
export const subscribersTo = (planId: string) => `${subscriptionsTo}?plan=${planId}`
export const payersTo = (planId: string) =>
  `${subscribersTo(planId)}&payingOn=${Temporal.Now.plainDateISO('Europe/Paris').toString()}`
export const optionUsersTo = (optionId: string) => `${subscriptionsTo}?option=${optionId}`
export const subscriptionTo = (id: string) => `/subscriptions/${id}`
