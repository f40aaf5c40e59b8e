/** The SQL console: read, simulate for real, execute only what was simulated. */
export * from './contract/exports.ts'
export * from './contract/fleet.ts'
export * from './contract/fleet-execution.ts'
export * from './contract/fleet-executing.ts'
export * from './contract/query-parameters.ts'
export * from './contract/report.ts'
export * from './contract/requests.ts'
export * from './contract/runs.ts'
export * from './contract/saved-queries.ts'
export * from './contract/targets.ts'
export * from './contract/unmasking.ts'

export const permissions = [
  'sql.read',
  'sql.simulate',
  'sql.execute',
  'sql.ddl',
  'sql.approve',
  'sql.unmask',
  'sql.export',
] as const

export const topics = {
  /** What ran, was asked for, approved, executed. */
  sql: 'sql.read',
  /** What is kept under a name. */
  sql_queries: 'sql.read',
} as const
