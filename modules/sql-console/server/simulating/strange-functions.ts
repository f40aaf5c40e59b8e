/**
 * What may be called is known by its name (`functions.ts`, `fields.ts`); whose function has that name is the database's to say.
 * One that is neither PostgreSQL's nor an extension's may do anything, and `x.name` calls it where no column has that name.
 */
import type pg from 'pg'
import { allowedFunctions } from '../statements/functions.ts'
import type { Statement } from '../statements/reading.ts'
import type { Failure } from './simulation.ts'

export async function strangeFunction(
  client: pg.Client,
  statements: readonly Pick<Statement, 'called' | 'fields' | 'names'>[],
): Promise<Failure | undefined> {
  const names = [...new Set(statements.flatMap(({ called }) => called.map(({ name }) => name)))]
  if (names.length === 0) return undefined
  const { rows } = await client.query<{ name: string; known: boolean; isOurs: boolean }>(
    `SELECT p.proname AS name, p.provolatile = 'i' AS known,
       p.pronamespace <> 'pg_catalog'::regnamespace AND NOT EXISTS (
         SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') AS "isOurs"
     FROM pg_proc p WHERE p.proname = ANY ($1) AND p.prorettype <> 'trigger'::regtype`,
    [names],
  )
  // PostgreSQL's own that are always the same may stand behind a dot, where a column has their name.
  const strange = new Set(
    rows
      .filter(({ name, known, isOurs }) => isOurs || (!known && !allowedFunctions.has(name)))
      .map(({ name }) => name),
  )
  const columns = await columnsNamed(client, statements)
  for (const [statement, { called, fields = [], names: of_ }] of statements.entries()) {
    const other = fields.find(({ name }) => !of_.some((table) => columns.has(`${table}.${name}`)))
    if (other) return { statement, code: 'function', message: other.name, at: other.place.from }
    for (const { name, place } of called)
      if (strange.has(name)) return { statement, code: 'function', message: name, at: place.from }
  }
  return undefined
}

/** Of what is named, the columns that stand behind `(x).`, as far as nothing can be called by their name. */
async function columnsNamed(
  client: pg.Client,
  statements: readonly Pick<Statement, 'fields' | 'names'>[],
): Promise<Set<string>> {
  const fields = statements.flatMap(({ fields: some = [] }) => some.map(({ name }) => name))
  if (fields.length === 0) return new Set()
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1) AND a.attname = ANY ($2)
       AND a.attnum > 0 AND NOT a.attisdropped AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = a.attname)`,
    [statements.flatMap(({ names }) => names), fields],
  )
  return new Set(rows.map(({ name }) => name))
}
