/** What leaves for patients: reminders, single messages, and the journal of both. Everything here is answered from the practice's own database. */

export const topics = { reminders: 'reminders.read' } as const
