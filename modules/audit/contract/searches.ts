import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { AuditFilter } from './filter.ts'

export const searchNameTaken = refusal('audit_search_name_taken', 409)
export const searchLimitReached = refusal('audit_search_limit_reached', 422)

/** At most this many searches a person keeps. */
export const searchLimit = 50

/** The filter as the log's address says it. */
const SearchQuery = z.record(z.string().max(40), z.string().max(4_000)).superRefine((query, ctx) => {
  for (const { path } of AuditFilter.safeParse(query).error?.issues ?? [])
    ctx.addIssue({ code: 'custom', path, params: { code: 'filter_wrong' } })
})

/** A filter of the log under a name, kept by one person for herself. */
export const AuditSearch = z.object({ id: Id, name: z.string(), query: z.record(z.string(), z.string()) })
export type AuditSearch = z.infer<typeof AuditSearch>

const SearchBody = z.object({ name: line(60).min(1), query: SearchQuery })

export const listAuditSearches = endpoint({
  method: 'GET',
  path: '/audit/searches',
  realm: 'staff',
  may: 'audit.read',
  summary: 'Your saved searches of the audit log, by name',
  output: z.object({ rows: z.array(AuditSearch) }),
  refreshedBy: ['audit-searches'],
})

export const saveAuditSearch = endpoint({
  method: 'POST',
  path: '/audit/searches',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_search.created',
  stepUp: false,
  summary: 'Keeps a filter of the audit log under a name',
  input: { body: SearchBody },
  output: AuditSearch,
  status: 201,
  refusals: [searchNameTaken, searchLimitReached],
  touches: ['audit-searches'],
})

export const replaceAuditSearch = endpoint({
  method: 'PUT',
  path: '/audit/searches/:id',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_search.replaced',
  stepUp: false,
  summary: 'Renames one of your searches or gives it another filter',
  input: { params: z.object({ id: Id }), body: SearchBody },
  output: AuditSearch,
  refusals: [searchNameTaken],
  touches: ['audit-searches'],
})

export const deleteAuditSearch = endpoint({
  method: 'DELETE',
  path: '/audit/searches/:id',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_search.deleted',
  stepUp: false,
  summary: 'Forgets one of your searches',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  touches: ['audit-searches'],
})
