import { settingKinds } from '#contract/billing'
import { addressState, anId, oneOf } from '#platform/ui/address-state.ts'

/** What the page divides: each kind of settings, and what stands beside them. */
export const sections = [...settingKinds, 'rates', 'companies'] as const
export type Section = (typeof sections)[number]

export const settingsPath = '/billing/settings'
export const Address = addressState({ kind: oneOf(sections), company: anId })
