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
  statements: readonly Pick<Statement, 'called'>[],
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
  for (const [statement, { called }] of statements.entries())
    for (const { name, place } of called)
      if (strange.has(name)) return { statement, code: 'function', message: name, at: place.from }
  return undefined
}
