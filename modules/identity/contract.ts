/** All that identity says on the wire, by what a person does. */
export * from './contract/account.ts'
export * from './contract/defence.ts'
export * from './contract/demonstration.ts'
export * from './contract/factor-resets.ts'
export * from './contract/links.ts'
export * from './contract/members.ts'
export * from './contract/members-account.ts'
export * from './contract/members-switching.ts'
export * from './contract/members-team.ts'
export * from './contract/session.ts'
export * from './contract/signing-in.ts'
export * from './contract/staff-member.ts'
export * from './contract/staff.ts'
export * from './contract/step-up.ts'

export const permissions = [
  'staff.read',
  'staff.manage',
  'staff.reset_factors',
  'security.read',
  'security.manage',
] as const

export const topics = {
  account: 'signed_in',
  session: 'signed_in',
  staff: 'staff.read',
  security: 'security.read',
  factor_resets: 'staff.reset_factors',
  members: 'tenants.read',
  team: 'cabinet.members',
  own_practices: 'signed_in',
} as const
