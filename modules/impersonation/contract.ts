/** Impersonation (« assistance »): the team sees what a member sees, under both names, and the practice sees that. */
export * from './contract/access.ts'
export * from './contract/asking.ts'
export * from './contract/inside.ts'
export * from './contract/practice.ts'
export * from './contract/running.ts'

export const permissions = [
  'impersonation.start',
  'impersonation.write',
  'impersonation.read',
  'impersonation.revoke',
  'impersonation.approve',
  'impersonation.policy',
] as const

export const topics = {
  /** Asked, answered, begun, ended: to the team. */
  impersonations: 'impersonation.read',
  /** The same, to the practice it is about. */
  accesses: 'cabinet.accesses',
} as const
