/** The patients of a practice: who they are, who stands beside them, what they agreed to, what they ask about their data. Everything here is answered from the practice's own database. */

export const topics = { patients: 'patients.read' } as const
