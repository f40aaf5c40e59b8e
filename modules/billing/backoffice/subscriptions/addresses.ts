export const subscriptionsTo = '/subscriptions'
export const newSubscriptionTo = '/subscriptions/new'
export const catalogueTo = '/catalogue'
export const renewalTo = '/renewals'
export const subscriptionTo = (id: string) => `/subscriptions/${id}`
