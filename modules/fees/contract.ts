/** What is owed, what was paid, and the fee notes that say so. Everything here is answered from the practice's own database. */
export type { DueRef } from './contract/common.ts'
export * from './contract/account.ts'
export * from './contract/dues.ts'
export * from './contract/extra-fees.ts'
export * from './contract/notes.ts'
export * from './contract/payments.ts'

export const topics = { fees: 'fees.read' } as const
