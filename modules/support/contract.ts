/** Support: tickets, the promises they stand under, and the answers kept ready. */
export * from './contract/alerts.ts'
export * from './contract/asking.ts'
export * from './contract/calendar.ts'
export * from './contract/conversation.ts'
export * from './contract/escalations.ts'
export * from './contract/exporting.ts'
export * from './contract/handling.ts'
export * from './contract/links.ts'
export * from './contract/macros.ts'
export * from './contract/mail.ts'
export * from './contract/patient-data.ts'
export * from './contract/moves.ts'
export * from './contract/promises.ts'
export * from './contract/queue.ts'
export * from './contract/reported.ts'
export * from './contract/reports.ts'
export * from './contract/surveys.ts'
export * from './contract/ticket.ts'

export const permissions = ['tickets.read', 'tickets.write', 'macros.manage', 'sla.manage'] as const
export const topics = {
  tickets: 'tickets.read',
  macros: 'tickets.read',
  sla: 'tickets.read',
  alerts: 'tickets.read',
  'received-mails': 'tickets.read',
  'own-tickets': 'cabinet.read',
} as const
