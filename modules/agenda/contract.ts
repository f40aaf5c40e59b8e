/** When who comes: appointments, series, usual hours, absences, open slots, and what an act costs. Everything here is answered from the practice's own database. */

export const topics = { agenda: 'agenda.read' } as const
