/**
 * What leaves for patients: reminders, single messages, and the journal of both. Everything here is answered from the
 * practice's own database.
 */
export * from './contract/journal.ts'
export * from './contract/segments.ts'
export * from './contract/settings.ts'
export * from './contract/wording.ts'
export * from './contract/writing.ts'

export const topics = { reminders: 'reminders.read' } as const
