/** Queries kept under a name, for oneself or for everybody who reads here. Keeping one runs nothing, and may be a draft. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, Revision, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { SqlQueryParameter } from './query-parameters.ts'
import { Problem } from './report.ts'

/** Somebody saved it meanwhile; `details.current` is what it is by now. */
export const queryChanged = refusal('sql_query_changed')
/** Of somebody else: it may be opened, run and copied, and is changed by its owner or by who may execute. */
export const queryNotYours = refusal('sql_query_not_yours', 403)
export const queryNameTaken = refusal('sql_query_name_taken')
export const queryLimitReached = refusal('sql_query_limit_reached', 422)

/** Of one person, the trash not counted. */
export const mostSavedQueries = 200
export const longestSavedText = 100_000

export const QueryReach = z.enum(['personal', 'everyone'])
export type QueryReach = z.infer<typeof QueryReach>
/** What it is meant for: the vendor's own database, or a practice's, whichever. */
export const QueryTarget = z.enum(['central', 'tenant'])
export type QueryTarget = z.infer<typeof QueryTarget>
/** What the parser said when it was saved; a `draft` it would refuse. */
export const QueryState = z.enum(['reads', 'writes', 'changes_schema', 'draft'])
export type QueryState = z.infer<typeof QueryState>

const person = z.object({ id: Id, name: z.string() })

export const SqlQueryLine = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  reach: QueryReach,
  target: QueryTarget,
  state: QueryState,
  owner: person,
  updatedBy: person,
  updatedAt: Instant,
  revision: Revision,
  trashedAt: Instant.nullable(),
  /** Whoever asks owns it, or looks after what is shared. */
  mayChange: z.boolean(),
})
export type SqlQueryLine = z.infer<typeof SqlQueryLine>

export const SqlQuery = SqlQueryLine.extend({
  text: z.string(),
  parameters: z.array(SqlQueryParameter),
})
export type SqlQuery = z.infer<typeof SqlQuery>

/** Of a text that was saved: why it would not run, each at its place. */
export const SavedSqlQuery = SqlQuery.extend({ problems: z.array(Problem) })

const Body = z.object({
  name: line(80).min(1),
  description: text(500).default(''),
  reach: QueryReach.default('personal'),
  target: QueryTarget,
  text: z.string().max(longestSavedText).regex(/\S/, { error: 'sql_text_blank' }),
  parameters: z.array(SqlQueryParameter).max(100).default([]),
})
const staff = { realm: 'staff', may: 'sql.read', about: 'sql_query' } as const
const write = { ...staff, stepUp: false, touches: ['sql_queries'] } as const
const read = { ...staff, method: 'GET', refreshedBy: ['sql_queries'] } as const
const one = z.object({ id: Id })

export const listSqlQueries = endpoint({
  ...read,
  path: '/sql/queries',
  summary: 'Kept queries, one’s own and those shared, by name; those in the trash are one’s own to restore',
  input: {
    query: z.object({
      ...pageQuery,
      q: line(100).optional(),
      whose: z.enum(['mine', 'shared', 'trash']).optional(),
      target: QueryTarget.optional(),
    }),
  },
  output: pageOf(SqlQueryLine),
})

export const getSqlQuery = endpoint({
  ...read,
  path: '/sql/queries/:id',
  summary: 'One kept query with its text and parameters',
  input: { params: one },
  output: SqlQuery,
})

export const saveSqlQuery = endpoint({
  ...write,
  method: 'POST',
  path: '/sql/queries',
  records: 'sql_query.added',
  summary: 'Keeps a text under a name; one that would be refused is kept as a draft',
  input: { body: Body },
  output: SavedSqlQuery,
  status: 201,
  refusals: [queryNameTaken, queryLimitReached],
})

export const updateSqlQuery = endpoint({
  ...write,
  method: 'PATCH',
  path: '/sql/queries/:id',
  records: 'sql_query.updated',
  summary: 'Saves a kept query anew, renames, describes or shares it; what is not said stays as it was',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      name: Body.shape.name.optional(),
      description: text(500).optional(),
      reach: QueryReach.optional(),
      target: QueryTarget.optional(),
      text: Body.shape.text.optional(),
      parameters: z.array(SqlQueryParameter).max(100).optional(),
    }),
  },
  output: SavedSqlQuery,
  refusals: [queryChanged, queryNotYours, queryNameTaken],
})

export const trashSqlQuery = endpoint({
  ...write,
  method: 'PUT',
  path: '/sql/queries/:id/trashing',
  records: 'sql_query.trashed',
  summary: 'Puts a kept query into the trash, where it lies for thirty days',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [queryNotYours],
})

export const restoreSqlQuery = endpoint({
  ...write,
  method: 'DELETE',
  path: '/sql/queries/:id/trashing',
  records: 'sql_query.restored',
  summary: 'Takes a kept query out of the trash',
  input: { params: one },
  output: SqlQuery,
  refusals: [queryNameTaken, queryLimitReached],
})
