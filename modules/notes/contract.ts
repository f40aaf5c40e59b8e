/** What a practitioner writes of a session: sealed, read by its author alone. Everything here is answered from the practice's own database. */

export const topics = { notes: 'notes.read' } as const
