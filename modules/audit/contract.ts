/** All that the audit log says on the wire. */
export * from './contract/entries.ts'

export const permissions = ['audit.read', 'audit.export', 'audit.verify', 'audit.erase'] as const
export const topics = { audit: 'audit.read' } as const
