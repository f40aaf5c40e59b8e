import { type PaymentMethod, paymentMethods } from '#contract/fees'
import { keep, kept } from '#platform/ui/preferences.ts'

const name = 'fees.method'

/** How people paid here last: most pay alike. */
export const keptMethod = (): PaymentMethod =>
  paymentMethods.find((method) => method === kept(name)) ?? 'card'
export const keepMethod = (method: PaymentMethod) => keep(name, method)
