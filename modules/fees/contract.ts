/** What is owed, what was paid, and the fee notes that say so. Everything here is answered from the practice's own database. */

export const topics = { fees: 'fees.read' } as const
