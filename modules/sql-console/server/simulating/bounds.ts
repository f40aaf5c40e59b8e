/** How long and how much. Given when the connection is made; nothing that is typed into it can lift them (`watching.ts`). */
export type Bounds = {
  /** Milliseconds. */
  statement: number
  transaction: number
  lock: number
  /** For so long others may wait for what it holds. */
  others: number
  /** For so long whoever stands beside may let us wait for an answer. */
  answer: number
  /** Rows kept of a statement’s result. */
  rows: number
  /** Bytes kept of it, about. */
  bytes: number
  /** Bytes that may arrive for one question before the connection is cut. */
  arriving: number
  /** Characters kept of one value. */
  value: number
  /** Rows of which before and after are told, all statements together. */
  changes: number
  /** Rows whose values are held against those of an execution, all statements together. */
  compared: number
  /** Rows that are looked at to find out what changed in a table. */
  counted: number
  /** Rows that are listed of a table nobody else can look at. */
  listed: number
}

export const usual: Bounds = {
  statement: 5_000,
  transaction: 15_000,
  lock: 500,
  others: 500,
  answer: 6_000,
  rows: 1_000,
  bytes: 4_000_000,
  arriving: 64_000_000,
  value: 100_000,
  changes: 200,
  compared: 10_000,
  counted: 250_000,
  listed: 100_000,
}

/** For the start of a connection: they hold from its first statement on. */
export const startingWith = (bounds: Bounds): string =>
  Object.entries({
    statement_timeout: bounds.statement,
    transaction_timeout: bounds.transaction,
    lock_timeout: bounds.lock,
    idle_in_transaction_session_timeout: bounds.statement,
    // Whoever cuts the connection wants it ended.
    client_connection_check_interval: 200,
    // Outside of our own transaction nothing is written.
    default_transaction_read_only: 'on',
    standard_conforming_strings: 'on',
    backslash_quote: 'off',
    timezone: 'UTC',
    datestyle: 'ISO',
    search_path: 'public,pg_temp',
    max_parallel_workers_per_gather: 0,
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
