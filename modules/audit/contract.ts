/** All that the audit log says on the wire. */
export * from './contract/filter.ts'
export * from './contract/entries.ts'
export * from './contract/searches.ts'
export * from './contract/exports.ts'
export * from './contract/proofs.ts'
export * from './contract/status.ts'
export * from './contract/verification.ts'
export * from './contract/erasures.ts'
export * from './contract/operations.ts'

export const permissions = ['audit.read', 'audit.export', 'audit.verify', 'audit.erase'] as const
export const topics = { audit: 'audit.read', 'audit-searches': 'signed_in' } as const
