/** All that tenancy says on the wire, by what a person does. */
export * from './contract/cluster.ts'
export * from './contract/fleet.ts'
export * from './contract/life.ts'
export * from './contract/tenant.ts'

export const permissions = [
  'tenants.read',
  'tenants.open',
  'tenants.suspend',
  'tenants.export',
  'tenants.operate',
  'tenants.purge',
] as const

export const topics = { tenants: 'tenants.read' } as const
