/** The nine roles every installation starts with (custom ones come beside them). */
export const builtInRoles = [
  'super_administrator',
  'technical_administrator',
  'administrator',
  'direction',
  'compliance',
  'billing',
  'sales',
  'support',
  'auditor',
] as const
export type BuiltInRole = (typeof builtInRoles)[number]
