import { createHash } from 'node:crypto'
import {
  CompiledQuery,
  type Compilable,
  type Kysely,
  type PostgresPool,
  type PostgresPoolClient,
  type QueryResult,
  type RawBuilder,
} from 'kysely'
import type { CentralDb } from './db.ts'

/** The names of statements that connections keep prepared, by their text. */
const names = new Map<string, string>()

/**
 * A statement that is asked all day, within transactions too: each connection prepares it once, and neither Kysely nor
 * PostgreSQL takes it apart again. For a handful of texts that never change; `prepared.ts` is for questions of many forms.
 *
 * @example
 * const touch = keptStatement('update things set seen_at = $1 where id = $2')
 * await touch(ctx.db, [now, id])
 */
export function keptStatement(text: string): (db: CentralDb, values: readonly unknown[]) => Promise<void> {
  keep(text)
  return async (db, values) => void (await db.executeQuery(CompiledQuery.raw(text, [...values])))
}

/** The same of a question that Kysely builds each time to the same text: `await kept(db.selectFrom(…)).executeTakeFirst()`. */
export function kept<Question extends Compilable>(question: Question): Question {
  keep(question.compile().sql)
  return question
}

/** The same of a question in SQL that is put together each time to the same text. */
export function askKept<Known, Row>(db: Kysely<Known>, question: RawBuilder<Row>): Promise<QueryResult<Row>> {
  const compiled = question.compile(db)
  keep(compiled.sql)
  return db.executeQuery(compiled)
}

/** Keeps a text that somebody else asks. */
export function keep(text: string): void {
  if (!names.has(text)) names.set(text, createHash('sha256').update(text).digest('base64url').slice(0, 24))
}

/** The same pool, whose connections ask kept statements by their names. */
export function keeping(pool: PostgresPool): PostgresPool {
  const known = new WeakMap<PostgresPoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    ...(pool.Client && { Client: pool.Client }),
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const wrapped = known.get(client) ?? byName(client)
      known.set(client, wrapped)
      return wrapped
    },
  }
}

function byName(client: PostgresPoolClient): PostgresPoolClient {
  // pg takes { name, text } where Kysely only ever says the text.
  const query = (first: unknown, ...rest: unknown[]) => {
    const name = typeof first === 'string' ? names.get(first) : undefined
    return client.query((name ? { name, text: first } : first) as string, ...(rest as [[]]))
  }
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
    ...(client.processID === undefined ? {} : { processID: client.processID }),
  }
}
