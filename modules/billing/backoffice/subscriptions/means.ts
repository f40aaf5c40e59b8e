import type { Translate } from '#platform/ui/messages.tsx'

const means = ['profile', 'direct_debit', 'transfer', 'card', 'cheque'] as const

export const meansChoices = (t: Translate) =>
  means.map((value) => ({ value, label: t(`billing.subscriptions.means.${value}`) }))
