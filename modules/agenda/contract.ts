/**
 * When who comes: appointments, series, usual hours, absences, open slots, and what an act costs. Everything here is
 * answered from the practice's own database; times are said by the practice's clock, and as instants beside it.
 */
export * from './contract/absences.ts'
export * from './contract/acts.ts'
export * from './contract/appointment.ts'
export * from './contract/booking.ts'
export * from './contract/calendar.ts'
export * from './contract/hours.ts'
export * from './contract/mon-soutien-psy.ts'
export * from './contract/rules.ts'
export * from './contract/series.ts'
export * from './contract/wall-clock.ts'

export const topics = { agenda: 'agenda.read', agenda_settings: 'agenda.read' } as const
