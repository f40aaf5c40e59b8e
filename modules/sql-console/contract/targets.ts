/** Which databases a console works on, and what it tells of them. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** The vendor's own database, or a practice's by its tenant's id. */
export const TargetId = z.union([z.literal('central'), Id])
export type TargetId = z.infer<typeof TargetId>

/** Its practice is not open or waits for a migration, or no login was set up (CONSOLE_DATABASE_URL); `details.state`. */
export const targetNotReady = refusal('sql_target_not_ready')

export const SqlTarget = z.object({
  id: TargetId,
  name: z.string(),
  kind: z.enum(['central', 'tenant']),
  environment: z.enum(['demonstration', 'development', 'test', 'staging', 'production']),
  database: z.string(),
  schemaVersion: z.int().nullable(),
  /** `read_only`: it moves; what would be written now would stay behind. */
  state: z.enum(['ready', 'suspended', 'read_only', 'not_ready', 'not_set_up']),
  /** Whether a change of the schema may be simulated on it from here. */
  maySchemaChange: z.boolean(),
})
export type SqlTarget = z.infer<typeof SqlTarget>

/** What a column holds, where it is not for everybody's eyes. */
export const ColumnClass = z.enum(['identity', 'financial', 'clinical', 'secret', 'unclassed'])
export type ColumnClass = z.infer<typeof ColumnClass>

export const SqlTable = z.object({
  name: z.string(),
  kind: z.enum(['table', 'view']),
  /** As the planner believes. */
  rows: z.number().nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      nullable: z.boolean(),
      isKey: z.boolean(),
      /** `table.column` it refers to. */
      references: z.string().nullable(),
      /** Null: open. */
      class: ColumnClass.nullable(),
    }),
  ),
})
export type SqlTable = z.infer<typeof SqlTable>

const staff = { realm: 'staff', may: 'sql.read', about: 'sql_target' } as const

export const listSqlTargets = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/targets',
  summary: 'The central database, and the practices whose name or database is like what is searched for',
  input: { query: z.object({ search: line(100).default('') }) },
  output: z.object({ central: SqlTarget, tenants: z.array(SqlTarget), total: z.int() }),
  refreshedBy: ['tenants'],
})

export const getSqlTarget = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/targets/:target',
  summary: 'One of them, with the tables and columns its login may read',
  input: { params: z.object({ target: TargetId }) },
  output: SqlTarget.extend({ tables: z.array(SqlTable), functions: z.array(z.string()) }),
  refusals: [targetNotReady],
})
