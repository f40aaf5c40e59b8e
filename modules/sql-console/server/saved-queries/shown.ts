/** Rows of kept queries as the contract shows them, and their texts as they lie sealed. */
import type { Problem, QueryState, SqlQuery, SqlQueryLine, SqlQueryParameter } from '#contract/sql-console'
import { keepingOf } from '../runs/keeping.ts'
import { problemsOf } from '../runs/handlers.ts'
import type { ReadApart } from '../statements/reading-apart.ts'
import type { Parts } from '../parts.ts'
import type { QueryRow, Reader } from './queries.ts'

export type Kept = { text: string; parameters: SqlQueryParameter[] }
export type Sealing = Pick<Parts, 'vault' | 'tenants'>

const placeOf = (id: string) => `sql_queries.text_sealed:${id}`

export async function sealed(parts: Sealing, id: string, { text, parameters }: Kept): Promise<Buffer> {
  return (await keepingOf(parts, null)).seal({ text, parameters }, placeOf(id))
}

export async function opened(parts: Sealing, { id, textSealed }: QueryRow): Promise<Kept> {
  return (await keepingOf(parts, null)).open<Kept>(textSealed, placeOf(id)) ?? { text: '', parameters: [] }
}

export const mayChange = ({ ownerId, reach }: QueryRow, { staffId, looksAfter }: Reader): boolean =>
  ownerId === staffId || (reach === 'everyone' && looksAfter)

export const lineShown = (row: QueryRow, reader: Reader): SqlQueryLine => ({
  id: row.id,
  name: row.name,
  description: row.description,
  reach: row.reach,
  target: row.target,
  state: row.state,
  owner: { id: row.ownerId, name: row.ownerName },
  updatedBy: { id: row.updatedBy, name: row.updatedByName },
  updatedAt: row.updatedAt.toISOString(),
  revision: row.revision,
  trashedAt: row.trashedAt?.toISOString() ?? null,
  mayChange: mayChange(row, reader),
})

export async function queryShown(parts: Sealing, row: QueryRow, reader: Reader): Promise<SqlQuery> {
  const { text, parameters } = await opened(parts, row)
  return { ...lineShown(row, reader), text, parameters }
}

/** What it would do, and why it would not: a comment alone is a draft too. */
export function judged(found: ReadApart): { state: QueryState; problems: Problem[] } {
  const problems = problemsOf(found)
  if (problems.length > 0 || !('statements' in found)) return { state: 'draft', problems }
  const does = new Set(found.statements.map((one) => one.does))
  const state = does.has('changes_schema') ? 'changes_schema' : does.has('writes') ? 'writes' : 'reads'
  return { state, problems }
}
