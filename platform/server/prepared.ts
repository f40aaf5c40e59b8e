import { createHash } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type pg from 'pg'
import type { CentralDb } from './db.ts'

/** Each prepared statement is kept by each connection of the pool; beyond this many different ones they are asked unprepared. */
const mostKept = 300

/**
 * Asks a hot question: PostgreSQL parses and plans it once a connection instead of each time, which is half of what a
 * short statement costs. For questions of few forms, whose values are all parameters; read-only, outside a transaction.
 *
 * @example
 * const ask = preparing(db, pool)
 * const [row] = await ask(sql<{ total: number }>`select count(*)::int as total from clients where status = ${status}`)
 */
export function preparing(
  db: CentralDb,
  pool: pg.Pool,
): <Row extends pg.QueryResultRow>(question: RawBuilder<Row>) => Promise<Row[]> {
  const plain = db.withoutPlugins()
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known || names.size >= mostKept) return known
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
    names.set(text, name)
    return name
  }
  return async <Row extends pg.QueryResultRow>(question: RawBuilder<Row>) => {
    const { sql: text, parameters } = question.compile(plain)
    const name = nameOf(text)
    const { rows } = await pool.query<Row>({ ...(name ? { name } : {}), text, values: [...parameters] })
    return rows
  }
}
