import { CamelCasePlugin, Kysely, PostgresDialect, sql, type PostgresPool, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB as Database } from '#db/central-types.ts'
import { keeping } from './kept-statements.ts'

export type { Database }

/** A handle on some tables: a module names those it owns, and another module's table is a compile error. */
export type Tables<Names extends keyof Database> = Kysely<Pick<Database, Names>>

export type CentralDb = Kysely<Database>
export type CentralTransaction = Transaction<Database>

// bigint fits a JavaScript number for every count and amount here (2^53 cents are 90 000 milliards of euros);
// a date stays the text PostgreSQL wrote, since midnight belongs to no time zone.
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== 'binary') {
      if (oid === pg.types.builtins.INT8) return Number
      if (oid === pg.types.builtins.DATE) return String
    }
    return pg.types.getTypeParser(oid, format)
  },
}

// Whatever the role's own setting says: no temporary table stands before one of ours of the same name.
const searchPath = { search_path: 'public,pg_temp' }

/** A pool on the central database as the app's role; a broken idle connection is only logged, the pool opens another. */
export function openPool(
  url: string,
  options: {
    max?: number
    name?: string
    onError?: (error: Error) => void
    /** PostgreSQL's settings for these connections: `{ synchronous_commit: 'off' }`. */
    settings?: Readonly<Record<string, string>>
    /** Milliseconds to wait for a connection, and for an answer. */
    patience?: { connection: number; statement: number }
  } = {},
): pg.Pool {
  const { settings = {}, patience = { connection: 5_000, statement: 15_000 } } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'magestionpsy',
    options: Object.entries({ ...searchPath, ...settings })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types,
    connectionTimeoutMillis: patience.connection,
    idleTimeoutMillis: 30_000,
    // A request is short; long work sets its own limit in its transaction.
    statement_timeout: patience.statement,
    idle_in_transaction_session_timeout: 15_000,
  })
  pool.on('error', options.onError ?? (() => {}))
  // A connection in somebody's hands that breaks while no question is open tells nobody but this listener, and without
  // one the process ends. Its holder learns of it with the next question.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Over a pool, or over what looks like one: a single connection inside a transaction of its own. */
export function centralDb(pool: PostgresPool): CentralDb {
  // Columns are renamed; what stands inside a JSON value is data and keeps its keys.
  const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true })
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: keeping(pool) }), plugins: [camelCase] })
}

/** PostgreSQL's error code of a failure, `23505` say, if it has one. */
export function pgCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether a write broke this unique index: how two people doing the same at once is told. */
export function breaks(error: unknown, index: string): boolean {
  return pgCode(error) === '23505' && (error as { constraint?: string }).constraint === index
}

const networkTroubles = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/** Whether the database could not be reached or is going down or coming up, so that trying later makes sense. */
export function isOutage(error: unknown): boolean {
  const code = pgCode(error)
  if (code !== undefined) return /^(08|57P0|53)/.test(code) || networkTroubles.includes(code)
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  )
}

export { sql }
